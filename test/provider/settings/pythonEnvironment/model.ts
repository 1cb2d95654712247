import fc from "fast-check";
import type { ModelNode } from "../../../support/modelNode.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

const specifier = fc.constantFrom("==1.0", "==2.0", ">=1", "");

/** Environments as a lock and a version of Python; whatever has no exact version becomes 9.9. */
export const model: SettingModel = {
  wanted: fc.dictionary(
    fc.constantFrom("one", "two", "three"),
    fc.record({
      python: fc.constantFrom("3", "3.11", "3.11.2"),
      requirements: fc.dictionary(fc.constantFrom("numpy", "six", "scikit-learn"), specifier),
    }),
  ),
  answer: (node, keys) => keys.flatMap((name) => showEnvironment(node, name)),
  verbs: (node) => ({
    get_uv: () => {},
    remove_uv: () => {},
    make_environment: (name = "", python = "", requirements = "") => {
      const installed = requirements
        .replace(/(==|>=).*/g, "")
        .split("\n")
        .filter(Boolean);
      const version = (one: string) => new RegExp(`^${one}==(.*)$`, "m").exec(requirements)?.[1] ?? "9.9";
      const lock = installed.map((one) => `${one}==${version(one)}\n`).join("");
      const isThere = node.files.has(`${folder}/${name}/python`);
      node.addFiles({
        [`${folder}/${name}/lock`]: lock,
        ...(!isThere && { [`${folder}/${name}/python`]: `${python}.11.2`.slice(0, 6) }),
      });
    },
  }),
};

const folder = "/opt/minirack/environments";

function showEnvironment(node: ModelNode, name: string): string[] {
  const python = node.files.get(`${folder}/${name}/python`);
  if (python === undefined) return [];
  const locked = node.lines(`${folder}/${name}/lock`);
  return [
    `${name}\tpython\t${python.content}`,
    ...locked.map((line) => `${name}\tlocked\t${line}`),
    ...locked.map((line) => `${name}\tinstalled\t${line}`),
  ];
}
