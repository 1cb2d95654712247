import type { LabCase } from "../labCase.ts";

/** A project of each kind, of those of `syncedFolders`, which must be tested with this; both locks have an older six. */
const projects: Record<string, { name: string; wanted: object; expects: string }> = {
  mini1: {
    name: "strategy",
    wanted: { project: "strategy", extras: ["mac"], isEditable: true },
    expects: 'one=$(echo toolz-*.dist-info) && [ -e "$one" ]; ls -d strategy-*.dist-info; [ ! -e strategy ]',
  },
  mini2: {
    name: "signals",
    wanted: { project: "signals", groups: ["dev"] },
    expects: "ls -d six-1.16.0.dist-info iniconfig signals",
  },
  mini3: {
    name: "ledger",
    wanted: { project: "ledger", extras: ["mac"], isEditable: true },
    expects: "ls -d six-1.16.0.dist-info toolz; [ ! -e iniconfig ]; [ ! -e wcwidth ]",
  },
};

/** A package is taken out of an environment; the node's project has what its lock says. */
export const labCase: LabCase = {
  declared: (node) => {
    const { name = "", wanted = {} } = projects[node] ?? {};
    return { pythonEnvironment: { small: { requirements: ["six==1.17.0"] }, [name]: wanted } };
  },
  drift: {
    script: [
      "rm -r /opt/minirack/environments/small/lib/python3*/site-packages/six-*",
      ...Object.values(projects).map(
        ({ name, expects }) =>
          `if cd /opt/minirack/environments/${name}/lib/python3*/site-packages 2>/dev/null; then ${expects}; fi`,
      ),
    ].join("\n"),
    told: "pythonEnvironment.small.requirements.six",
  },
};
