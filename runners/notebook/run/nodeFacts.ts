import { run } from "../../../provider/shell/command.ts";
import { NodeError } from "../../../provider/transport/nodeError.ts";
import type { OpenNode } from "../../../provider/transport/openNode.ts";
import type { NotebookNode } from "../notebookOutputs.ts";
import { openWay } from "./openWay.ts";
import { bytesText } from "./quantities.ts";

/** What a node must be asked before a run is sent to it. */
export interface NodeFacts {
  /** The engine's, as Docker writes it: x86_64, aarch64. */
  architecture: string;
  /** The engine's system: Debian GNU/Linux 12, Docker Desktop. */
  operatingSystem: string;
  /** Name → digest of the listing of a data set's folder that we did not bring. */
  dataDigests: Record<string, string>;
}

const leastFreeBytes = 2 ** 30;

/**
 * Looks whether a run can be sent to a node.
 *
 * @throws NodeError when its engine does not answer, its disk is full, a data set is not there, or others could exchange it
 */
export async function nodeFacts(node: OpenNode, spec: NotebookNode): Promise<NodeFacts> {
  const { stdout } = await node.run({ script: factsScript(spec) });
  const rows = stdout.split("\n").map((line) => line.split("\t"));
  const of = (kind: string) => rows.filter(([first]) => first === kind).map(([, ...rest]) => rest);
  const wrong = (subject: string, expected: string, found: string, remedy: string) =>
    new NodeError({ node: spec.name, subject, expected, found, remedy });
  const [engine] = of("engine");
  if (engine === undefined) {
    const said = of("refusal").flat().join(" ");
    throw wrong(
      "docker",
      "its engine to answer",
      said || "no answer",
      "npx pulumi up, then look at: scripts/status --service docker",
    );
  }
  const [architecture = "", operatingSystem = ""] = engine;
  for (const [path = "", kibibytes] of of("free")) {
    const bytes = Number(kibibytes) * 1024;
    if (bytes >= leastFreeBytes) continue;
    throw wrong(
      "disk",
      `${bytesText(leastFreeBytes)} free at ${path}`,
      bytesText(bytes),
      "make room there; old images go by: docker image prune -a",
    );
  }
  for (const [name = "", path = ""] of of("missing"))
    throw wrong(`data ${name}`, `a folder ${path}`, "none", "npx pulumi up brings it, or mount it there");
  for (const [name = "", path = "", open = ""] of of("open"))
    throw wrong(
      `data ${name}`,
      `nobody but root and ${spec.connection.user} to be able to put another folder in the place of ${path}`,
      open,
      "move the data below a folder of root's, or give that folder to root: a run would read whatever is put there",
    );
  const dataDigests = Object.fromEntries(of("data").map(([name = "", digest = ""]) => [name, digest]));
  return { architecture, operatingSystem, dataDigests };
}

function factsScript({ runsFolder, data }: NotebookNode): string {
  const format = "engine\t{{.Architecture}}\t{{.OperatingSystem}}\nroot\t{{.DockerRootDir}}";
  return [
    `if said=$(${run("docker", "info", "--format", format)} 2>&1); then printf '%s\\n' "$said"; else printf 'refusal\\t%s\\n' "$said"; fi`,
    `root=$(printf '%s\\n' "$said" | sed -n 's/^root\t//p')`,
    `for path in ${run(runsFolder)} \${root:+"$root"}; do`,
    "  seen=$path", // a folder in one that the user may not enter (userns-remap) is on the disk of that
    '  until free=$(df -Pk "$seen" 2> /dev/null); do seen=$(dirname "$seen"); done',
    `  printf 'free\\t%s\\t%s\\n' "$path" "$(printf '%s\\n' "$free" | awk 'NR == 2 { print $4 }')"`,
    "done",
    openWay,
    ...Object.entries(data).flatMap(([name, { path, digest }]) =>
      dataLines(name, path, digest !== undefined),
    ),
    "",
  ].join("\n");
}

/** What a folder that we did not bring holds is known by its files' names, sizes and times. */
function dataLines(name: string, path: string, isBrought: boolean): string[] {
  const listing = `find ${run(`${path}/`)} -type f -printf '%P %s %T@\\n' | LC_ALL=C sort | sha256sum | cut -d ' ' -f 1`;
  return [
    `if [ ! -d ${run(path)} ]; then printf 'missing\\t%s\\t%s\\n' ${run(name, path)}`,
    `else open=$(open_way ${run(path)}); [ -z "$open" ] || printf 'open\\t%s\\t%s\\t%s\\n' ${run(name, path)} "$open"`,
    isBrought ? "fi" : `printf 'data\\t%s\\t%s\\n' ${run(name)} "$(${listing})"; fi`,
  ];
}
