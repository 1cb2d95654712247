import { type ClusterFile, clusterSchema } from "./clusterFile.ts";
import { clusterParts } from "./clusterParts.ts";
import type { Problem } from "./configError.ts";
import { issueProblems } from "./problems/issueProblems.ts";
import type { SoundCluster } from "./rules/clusterRule.ts";
import { clusterRules } from "./rules/clusterRules.ts";
import { soundPart } from "./rules/soundPart.ts";
import type { YamlFile } from "./yaml/yamlFile.ts";

/**
 * A cluster file by its rules: those of each value, and those over several of them.
 * @throws ConfigError with every problem
 */
export function parseCluster(yaml: YamlFile): ClusterFile {
  const { success, data, error } = clusterSchema.safeParse(yaml.value);
  if (success) {
    const problems = [...yaml.problems, ...ruleProblems(data, true)];
    if (problems.length > 0) throw yaml.error(problems);
    return data;
  }
  const own = issueProblems(error.issues, yaml.value, clusterParts());
  const crossing = ruleProblems(soundPart(yaml.value, own), false);
  throw yaml.error([...yaml.problems, ...own, ...crossing]);
}

function ruleProblems(cluster: SoundCluster, isWhole: boolean): Problem[] {
  const problems: Problem[] = [];
  for (const { needsWhole, check } of clusterRules)
    if (isWhole || !needsWhole) check(cluster, (path, text) => problems.push({ path, text }));
  return problems;
}
