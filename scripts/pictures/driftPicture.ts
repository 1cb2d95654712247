import { execa } from "execa";
import { root } from "../lab/labStack.ts";
import { preparePulumi } from "../pulumi/prepare.ts";
import { terminalPicture } from "./terminalPicture.ts";

const stack = "dev";
const edit = "echo 'come to the party' | sudo tee -a /etc/motd";
const label = "A file is edited by hand on a node; preview names it; up puts it back";

/** Edits a file on a node of the lab that `npm start` made, sees it by preview, repairs it by up; draws what was printed. */
export async function driftPicture(): Promise<string> {
  await execa("npm", ["run", "lab", "--", "ssh", "mini1", edit], { cwd: root, stdin: "ignore" });
  const { pulumi } = await preparePulumi({ root, say: console.error });
  const run = async (...args: string[]) =>
    (await pulumi([...args, "--stack", stack, "--color", "never"], { stdin: "ignore" })).stdout.split("\n");
  const seen = await run("preview", "--refresh", "--diff");
  const repaired = await run("up", "--refresh", "--yes", "--skip-preview");
  const lines = [
    `$ ssh mini1 "${edit}"`,
    `$ npx pulumi preview --refresh --diff --stack ${stack}`,
    ...partFrom(seen, /^ {4}~ minirack/),
    `$ npx pulumi up --refresh --stack ${stack}`,
    ...repaired.filter((line) => / updated \(/.test(line)),
    ...partFrom(repaired, /^Resources:/),
  ];
  return terminalPicture(
    lines.map((line) => line.trimEnd()),
    label,
  );
}

/** From the first line that begins so, without what only an engine needs, up to the end of what it tells. */
export function partFrom(lines: string[], first: RegExp): string[] {
  const from = lines.findIndex((line) => first.test(line));
  if (from < 0) throw new Error(`expected a line as ${first}, got:\n${lines.join("\n")}`);
  return lines.slice(from).filter((line) => line.trim() !== "" && !/\[urn=|^Duration/.test(line));
}
