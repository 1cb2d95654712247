import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Properties } from "../../provider/resource.ts";
import { settings } from "../../provider/settings/index.ts";
import { closePool } from "../../provider/transport/pool.ts";
import { labSnapshot } from "../../scripts/lab/labSnapshot.ts";
import { type FieldCase, fieldCases, writeFieldCluster } from "../support/fieldCases.ts";
import { unexcused } from "../support/labNodeExcuses.ts";
import { type Kept, type LabNodeProvider, labNodeProvider } from "../support/labNodeProvider.ts";
import { type TestLab, testFolder, testLab } from "../support/testLab.ts";
import { cycleLab } from "./settings/cycleLab.ts";
import { programNodes } from "./settings/program.ts";
import { stagesOf } from "./settings/stages.ts";

const [stack, portBase, linkSubnet] = cycleLab;
const cases = fieldCases("node");

/** What a case's cluster file wants, taken up and down on a node as the engine does it. */
interface Program {
  /** @throws the first error that a resource ended with; those that do not need it are made all the same */
  up(): Promise<void>;
  /** Resources that a refresh would show as changed. */
  drifts(): Promise<string[]>;
  destroy(): Promise<void>;
}

describe.sequential("field cases that a node decides", () => {
  let lab: TestLab;
  let provider: LabNodeProvider;

  const program = async (one: FieldCase): Promise<Program> => {
    const at = join(testFolder, stack, one.name);
    await rm(at, { recursive: true, force: true });
    await mkdir(at, { recursive: true, mode: 0o700 });
    const byKey = { identityFile: join(lab.folder, "id_ed25519") };
    const firstContact = one.node === "mini3" ? { password: { file: join(lab.folder, "password") } } : byKey;
    const node = { name: one.node, host: "127.0.0.1", port: lab.portOf(one.node), firstContact };
    const identityFile = join(testFolder, `${stack}-key`);
    const file = await writeFieldCluster(one, { at, node, above: { user: "rack", identityFile } });
    const wanted = (await programNodes(file, stack))[0]?.wanted ?? new Map<string, Properties>();
    const kept = new Map<string, Kept>();
    return {
      up: () => createAll(provider, wanted, kept),
      drifts: async () => {
        const all = [...kept].map(async ([key, made]) => {
          const now = await provider.read(made);
          const diff = now === undefined ? ["gone"] : await provider.diff(now, wanted.get(key) ?? {});
          return diff.map((path) => `${key} ${path}`);
        });
        return (await Promise.all(all)).flat();
      },
      destroy: async () => {
        for (const [, made] of [...kept].toReversed()) await provider.delete(made);
      },
    };
  };

  beforeAll(async () => {
    lab = await testLab(stack, portBase, linkSubnet, [...new Set(cases.map(({ node }) => node))]);
    await lab.up();
    provider = await labNodeProvider(stack, "");
  });
  afterAll(async () => {
    await lab.down();
    await provider.close();
  });

  test.each(cases)("$name: $title", async (one) => {
    const onNode = async (script: string | undefined) => script && (await lab.on(one.node, script));
    await onNode(one.prepare);
    const before = await labSnapshot(one.node, stack);
    const { up, drifts, destroy } = await program(one);
    try {
      expect(await failureText(up())).toBe(one.up?.trimEnd() ?? "");
      await onNode(one.holds);
      if (one.up === undefined) expect(await drifts()).toEqual([]);
    } finally {
      await destroy();
      await closePool();
    }
    await onNode(one.left);
    expect(unexcused(before, await labSnapshot(one.node, stack), [], new Set())).toEqual([]);
    await onNode(one.tidy);
  });
});

/** Stage by stage, as the program's dependencies have it. What a failed create did is destroyed as well: it is kept. */
async function createAll(
  provider: LabNodeProvider,
  wanted: Map<string, Properties>,
  kept: Map<string, Kept>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const stage of stagesOf(settings)) {
    const own = stage.filter((key) => wanted.has(key) && !key.includes("/"));
    await Promise.all(
      own.map(async (key) => {
        const inputs = wanted.get(key) ?? {};
        kept.set(key, { setting: key, id: `${inputs.node}/${key}`, inputs, state: inputs });
        await provider.create(key, inputs).then(
          (made) => kept.set(key, made),
          (error: unknown) => failures.push(error),
        );
      }),
    );
    if (failures.length > 0) throw failures[0];
  }
}

async function failureText(work: Promise<void>): Promise<string> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure === undefined) return "";
  return (failure instanceof Error ? failure.message : String(failure)).replace(/^\d+ [A-Z_]+: /, "");
}
