import type { Setting } from "../../../provider/settings/setting.ts";

/** Settings by what must be true before them: the components wait resource by resource, this waits stage by stage. */
export function stagesOf(settings: readonly Setting[]): string[][] {
  const stages: string[][] = [["sshAccess"]];
  const stageOf = (key: string) => stages.findIndex((stage) => stage.includes(key));
  for (const { key, after = [] } of settings.filter((one) => one.key !== "sshAccess")) {
    const stage = 1 + Math.max(0, ...after.map(stageOf));
    stages[stage] = [...(stages[stage] ?? []), key, ...(key === "files" ? ["files/notes"] : [])];
  }
  return stages;
}
