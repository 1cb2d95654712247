import { openNode } from "../../provider/transport/openNode.ts";
import { root } from "../lab/labStack.ts";
import { openStack } from "../nodes/stackNodes.ts";
import { preparePulumi } from "../pulumi/prepare.ts";
import { terminalPicture } from "./terminalPicture.ts";

const stack = "dev";
const edit = "echo 'Free beer.' | sudo tee -a /etc/motd";
const label = "A file is edited by hand on a node; preview names it; up puts it back";

/**
 * Edits a file on the first node of stack dev, sees it by preview, repairs it by up; draws what was printed.
 * @param configFile the stack's configuration, `Pulumi.dev.yaml` unless given
 */
export async function driftPicture(configFile?: string): Promise<string> {
  const opened = await openStack(stack, configFile);
  const { pulumi } = await preparePulumi({ root, say: console.error });
  const configured = configFile === undefined ? [] : ["--config-file", configFile];
  const run = async (...args: string[]) => {
    const { stdout } = await pulumi([...args, "--stack", stack, ...configured, "--color", "never"], {
      stdin: "ignore",
    });
    return stdout.split("\n").map((line) => line.trimEnd());
  };
  const node = await typeOnFirst(opened.nodes);
  const seen = await run("preview", "--refresh", "--diff");
  const repaired = await run("up", "--refresh", "--yes", "--skip-preview");
  const lines = [
    `$ ssh ${node} "${edit}"`,
    `$ npx pulumi preview --refresh --diff --stack ${stack}`,
    ...partFrom(seen, /^ {4}~ minirack/),
    `$ npx pulumi up --refresh --stack ${stack}`,
    ...repaired.filter((line) => / updated \(/.test(line)),
    ...partFrom(repaired, /^Resources:/),
  ];
  return terminalPicture(lines, label);
}

type Nodes = Awaited<ReturnType<typeof openStack>>["nodes"];

/** @returns the node's name */
async function typeOnFirst([first]: Nodes): Promise<string> {
  if (first === undefined) throw new Error(`stack ${stack}: expected nodes, got none; run npm start first`);
  const node = await openNode(await first.target());
  await node.run({ script: edit });
  await node.close();
  return first.spec.name;
}

/** From the first line that begins so, without what only the engine needs. */
function partFrom(lines: string[], first: RegExp): string[] {
  const from = lines.findIndex((line) => first.test(line));
  if (from < 0) throw new Error(`expected a line as ${first}, got:\n${lines.join("\n")}`);
  return lines.slice(from).filter((line) => line !== "" && !/\[(urn|id)=|^Duration/.test(line));
}
