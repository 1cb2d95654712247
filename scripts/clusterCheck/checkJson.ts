import type { ConfigProblem } from "../../config/configError.ts";
import type { ClusterCheck } from "./clusterCheck.ts";

/** What `--json` prints: the tables' values under the names of the cluster file. No setting's value is in it. */
export function checkJson({ checks, ...check }: ClusterCheck) {
  const { stack, file, links, measured, images, totalMemoryGb, findings } = check;
  const nodes = checks.map(({ spec, facts, clockSkewSeconds }) => {
    const { name, host, port, user, os, role, chip, connectionType } = spec;
    return {
      name,
      host,
      port,
      user,
      os,
      role,
      chip,
      connectionType,
      isAnswering: facts !== undefined,
      clockSkewSeconds,
      facts,
    };
  });
  return { stack, file, problems: [], nodes, links, measured, images, totalMemoryGb, findings };
}

/** The same for a cluster file that does not load: no node was asked. */
export function problemsJson(stack: string, problems: readonly ConfigProblem[]) {
  return { stack, problems, nodes: [], links: [], measured: [], images: [], totalMemoryGb: 0, findings: [] };
}
