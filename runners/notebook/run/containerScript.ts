import { type Argument, run } from "../../../provider/shell/command.ts";
import { bootCommand } from "../../runs/onNode/boot.ts";
import type { NodeRun } from "./nodeRun.ts";
import type { RunLimits } from "./runOptions.ts";

/** A run as its container is started. */
export interface ContainerStart extends NodeRun {
  stack: string;
  run: string;
  imageId: string;
  limits: RunLimits;
  /** Name → folder on the node: `/data/NAME` for the run. */
  data: Record<string, string>;
  /** What the executor is given after its name. */
  arguments: string[];
  /** Parameters as JSON, a file of the run's own: an argument would be seen by everybody on the node. */
  parameters: string;
}

const nobody = "65534";

/**
 * Makes the run's folder on its node and starts its container, which goes on without us. It runs as the user, or as
 * nobody where that is root, without privileges, and without a network unless that was asked for.
 */
export function startContainerScript(start: ContainerStart): string {
  const { folder, container } = start;
  const at = (path: string) => `${folder}/${path}`;
  return [
    "set -eu",
    "umask 077",
    run("mkdir", "-p", folder, at("input")),
    run("mkdir", at("output")),
    `${bootCommand} > ${run(at("boot"))}`,
    `printf '%s' ${run(start.parameters)} > ${run(at("parameters.json"))}`,
    run("chmod", "-R", "a+rX", at("input"), at("parameters.json")),
    "uid=$(id -u) gid=$(id -g) groups=$(id -G | sed 's/[0-9][0-9]*/--group-add &/g')",
    `if [ "$uid" = 0 ]; then uid=${nobody} gid=${nobody} groups=; ${run("chown", `${nobody}:${nobody}`, at("output"))}; fi`,
    run(
      "docker",
      "run",
      "--detach",
      "--init",
      "--name",
      container,
      ...isolation,
      ...limitOptions(start.limits),
    ).concat(
      " ",
      run(
        ...mounts(start),
        ...environment,
        "--label",
        `minirack.run=${start.run}`,
        "--label",
        `minirack.stack=${start.stack}`,
      ),
      " ",
      run(
        start.imageId,
        containerPython.executor,
        "-I",
        "/opt/minirack/runner/minirack_notebook",
        ...start.arguments,
      ),
      " > /dev/null",
    ),
    "",
  ].join("\n");
}

/** The executor's Python and the run's own, as the image has them. */
export const containerPython = {
  executor: "/opt/minirack/executor/bin/python",
  run: "/opt/minirack/environment/bin/python",
} as const;

/** With the user's groups: a data set may be a group's. On a node whose Docker maps users a number means the same as outside. */
const asUser: Argument[] = ["--user", { shell: '"$uid:$gid" $groups' }, "--userns", "host"];
const isolation: Argument[] = [
  ...asUser,
  ...["--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--pids-limit", "4096", "--shm-size", "1g"],
  // A daemon's own way may keep nothing that can be read, or not know these options.
  ...["--log-driver", "json-file", "--log-opt", "max-size=20m", "--log-opt", "max-file=2"],
];

const environment = [
  "HOME=/tmp",
  "MINIRACK_OUTPUT=/output",
  "MINIRACK_INPUT=/input",
  "MINIRACK_DATA=/data",
].flatMap((one) => ["--env", one]);

function limitOptions({ memoryBytes, cpus, hasNetwork }: RunLimits): string[] {
  return [
    ...(hasNetwork ? [] : ["--network", "none"]),
    // Swap as much as memory means none besides: the limit is one.
    ...(memoryBytes === undefined ? [] : ["--memory", `${memoryBytes}`, "--memory-swap", `${memoryBytes}`]),
    ...(cpus === undefined ? [] : ["--cpus", `${cpus}`]),
  ];
}

function mounts({ folder, data }: ContainerStart): string[] {
  const readOnly: [string, string][] = [
    [`${folder}/input`, "/input"],
    [`${folder}/parameters.json`, "/run/minirack/parameters.json"],
    ...Object.entries(data).map(([name, path]): [string, string] => [path, `/data/${name}`]),
  ];
  return [
    ...["--mount", mount(`${folder}/output`, "/output")],
    ...readOnly.flatMap(([source, target]) => ["--mount", `${mount(source, target)},readonly`]),
  ];
}

/** In Docker's words, which are a line of CSV. */
function mount(source: string, target: string): string {
  const fields = ["type=bind", `source=${source}`, `target=${target}`];
  return fields.map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",");
}
