import fc from "fast-check";
import type { ModelNode } from "../../../support/modelNode.ts";
import type { SettingModel } from "../../../support/settingModel.ts";

const specifier = fc.constantFrom("==1.0", "==2.0", ">=1", "");

const words = fc.uniqueArray(fc.constantFrom("mac", "plots", "dev"));
const project = fc.record({
  path: fc.constantFrom("/opt/strategy", "/opt/a folder's"),
  manifest: fc.constant("/opt/minirack/projects/strategy.manifest"),
  lock: fc.constantFrom("uv.lock", "poetry.lock", "none"),
  extras: words,
  groups: words,
  isEditable: fc.boolean(),
  digest: fc.constantFrom("aaaa", "bbbb"),
});

/** Environments as a lock and a version of Python; whatever has no exact version becomes 9.9. */
export const model: SettingModel = {
  wanted: fc.dictionary(
    fc.constantFrom("one", "two", "three"),
    fc
      .record({
        python: fc.constantFrom("3", "3.11", "3.11.2"),
        requirements: fc.dictionary(fc.constantFrom("numpy", "six", "scikit-learn"), specifier),
        ...{ project: fc.option(project, { nil: undefined }) },
      })
      .map(({ project, ...one }) => ({ ...one, ...(project && { project }) })),
  ),
  answer: (node, keys) => keys.flatMap((name) => showEnvironment(node, name)),
  verbs: (node) => ({
    get_uv: () => {},
    get_poetry: () => {},
    remove_uv: () => {},
    make_environment: (name = "", python = "", requirements = "", ...project) => {
      const installed = requirements
        .replace(/(==|>=).*/g, "")
        .split("\n")
        .filter(Boolean);
      const version = (one: string) => new RegExp(`^${one}==(.*)$`, "m").exec(requirements)?.[1] ?? "9.9";
      const lock = installed.map((one) => `${one}==${version(one)}\n`).join("");
      node.addFiles({
        [`${folder}/${name}/lock`]: lock,
        [`${folder}/${name}/asked`]: requirements,
        [`${folder}/${name}/project`]: project.join("\t"),
        [`${folder}/${name}/python`]: `${python}.11.2`.slice(0, 6),
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
    ...node.lines(`${folder}/${name}/asked`).map((line) => `${name}\tasked\t${line}`),
    ...locked.map((line) => `${name}\tinstalled\t${line}`),
    ...node.lines(`${folder}/${name}/project`).map((line) => `${name}\tproject\t${line}`),
  ];
}
