import type { ClusterRule } from "./clusterRule.ts";
import { distinctAddresses } from "./distinctAddresses.ts";
import { distinctNames } from "./distinctNames.ts";
import { linkAddresses } from "./linkAddresses.ts";
import { mpiNodes, mpiOnce } from "./mpiNodes.ts";
import { notebookNodes } from "./notebookNodes.ts";
import { redisAddresses } from "./redisAddresses.ts";
import { settable } from "./settable.ts";
import { trainers } from "./trainers.ts";
import { withoutShared } from "./withoutShared.ts";
import { writtenFiles } from "./writtenFiles.ts";

/** What several values of a cluster file must be to one another. To add one: its file, and a line here. */
export const clusterRules: readonly ClusterRule[] = [
  distinctNames,
  distinctAddresses,
  linkAddresses,
  settable,
  withoutShared,
  mpiOnce,
  mpiNodes,
  trainers,
  notebookNodes,
  redisAddresses,
  writtenFiles,
];
