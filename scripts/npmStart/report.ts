import { textTable } from "../textTable.ts";
import type { NodeSettingState, StackState } from "./stackState.ts";

/** What `npm start` ends with: nodes, settings, links. */
export function report({ nodes, links, settings }: StackState): string {
  const nodeRows = nodes.map(({ name, host, port, user, os, role, linkInterface, linkAddress }) => [
    name,
    `${user}@${host}:${port}`,
    os,
    role,
    linkAddress === undefined ? "-" : `${linkInterface} ${linkAddress}`,
  ]);
  const linkRows = links.map(({ from, to, interface: name, gbps, roundTripMs }) => [
    `${from} ${to}`,
    name,
    gbps.toFixed(1),
    roundTripMs.toFixed(2),
  ]);
  return [
    textTable([["NODE", "CONTROL", "OS", "ROLE", "LINK"], ...nodeRows]),
    settingsTable(settings),
    textTable([["MEASURED", "INTERFACE", "Gb/s", "ROUND TRIP ms"], ...linkRows]),
  ].join("\n\n");
}

/** One row per kind of setting, one column per node, each cell the number of entries. */
function settingsTable(settings: NodeSettingState[]): string {
  const nodes = [...new Set(settings.map(({ node }) => node))].sort();
  const keys = [...new Set(settings.map(({ setting }) => setting))].sort();
  const cell = (node: string, key: string) => {
    const entries = settings.filter((one) => one.node === node && one.setting === key);
    return entries.length === 0 ? "-" : String(new Set(entries.flatMap((one) => one.entries)).size);
  };
  const rows = keys.map((key) => [key, ...nodes.map((node) => cell(node, key))]);
  return textTable([["SETTING (entries)", ...nodes], ...rows]);
}

/** Three things to type next. */
export const nextSteps = `Next:
  npm run lab -- ssh mini1                  look around on a node; change something
  eval "$(npm run --silent env)" && npx pulumi preview --refresh --diff --stack dev
                                            see what you changed, named; \`npx pulumi up\` puts it back
  scripts/launch --epochs 20                train for longer; scripts/launch --help
  scripts/run-remote.sh 23 lr001 -p learning_rate=0.001
                                            a notebook with another parameter; scripts/runs shows all runs`;
