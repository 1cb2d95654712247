import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settings } from "../../../provider/settings/index.ts";
import type { Entries, Json, Setting } from "../../../provider/settings/setting.ts";
import { ModelNode } from "../../support/modelNode.ts";
import type { SettingModel } from "../../support/settingModel.ts";
import { models } from "./models.ts";

/** What is lost by hand: of the files and facts that there are, those at these places. */
const losses = fc.array(fc.nat(9), { maxLength: 3 });

function lose(node: ModelNode, places: number[]): void {
  const all = [...node.files.keys(), ...node.facts.keys()];
  for (const one of places.map((place) => all[place % (all.length || 1)] ?? "")) {
    node.files.delete(one);
    node.facts.delete(one);
  }
}

/** Reads, plans, brings what is to come (a digest stands for a manifest), runs; what is no longer wanted goes back to what it was before. */
function makeTrue(node: ModelNode, setting: Setting, goal: Entries<Json>): void {
  const actual = node.read(setting, goal);
  const deliveries = setting.linux.deliveries?.(actual, goal) ?? [];
  for (const { prepare, digest } of deliveries) node.run(prepare(digest));
  for (const command of setting.linux.plan(actual, goal)) node.run(command);
}

/** What the node says of these keys before anybody changed it. */
function earlier(model: SettingModel, setting: Setting, ...wanted: Entries<Json>[]): Entries<Json> {
  const keys = wanted.flatMap((one) => Object.keys(one));
  return new ModelNode(model).read(setting, Object.fromEntries(keys.map((key) => [key, null])));
}

function modelOf(key: string): SettingModel {
  const found = models[key];
  if (found === undefined) throw new Error(`expected a model of ${key} in models.ts, got none`);
  return found;
}

describe.each(settings.map((setting) => [setting.key, setting] as const))("a plan of %s", (key, setting) => {
  const model = modelOf(key);

  test("reaches what is wanted, whatever was lost by hand, and a second plan is empty", () => {
    fc.assert(
      fc.property(model.wanted, losses, model.wanted, (first, lost, second) => {
        const node = new ModelNode(model);
        makeTrue(node, setting, first);
        expect(node.read(setting, first)).toEqual(first);
        lose(node, lost);
        const goal = { ...earlier(model, setting, first), ...second };
        makeTrue(node, setting, goal);
        expect(node.read(setting, goal)).toEqual(goal);
        expect(setting.linux.plan(node.read(setting, goal), goal)).toEqual([]);
      }),
    );
  });

  test("for what was before us leaves nothing of ours", () => {
    fc.assert(
      fc.property(model.wanted, model.wanted, (first, second) => {
        const node = new ModelNode(model);
        makeTrue(node, setting, first);
        makeTrue(node, setting, { ...earlier(model, setting, first), ...second });
        makeTrue(node, setting, earlier(model, setting, first, second));
        expect(node.left()).toEqual(new ModelNode(model).left());
      }),
    );
  });
});
