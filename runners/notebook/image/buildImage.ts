import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import type { BaseImage } from "./baseImage.ts";
import { type BuildContext, packContext } from "./buildContext.ts";
import { kernelRequirement } from "./requirements.ts";

/** What an image is built of, under which name, and who is told. */
export interface Build {
  context: BuildContext;
  base: BaseImage;
  /** Name and tag that it gets. */
  tag: string;
  stack: string;
  say: (line: string) => void;
}

/** Builds an image by this controller's engine; layers that are there already are not made again. Resolves with its id. */
export async function buildImage({ context, base, tag, stack, say }: Build): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "minirack-build-"));
  try {
    const idFile = join(folder, "id");
    const given = [`BASE=${base.name}`, `STACK=${stack}`].flatMap((one) => ["--build-arg", one]);
    const building = execa(
      "docker",
      ["build", "--force-rm", "--iidfile", idFile, "--tag", tag, ...given, "-"],
      { stdin: "pipe", all: true, reject: false },
    );
    building.all.on("data", pipSteps(say));
    packContext(context).pipe(building.stdin);
    const { failed, all } = await building;
    if (failed) throw buildFailed(all);
    return readFileSync(idFile, "utf8").trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The steps that take long say so, once each. */
function pipSteps(say: (line: string) => void): (chunk: Buffer) => void {
  const steps = new Map([
    ["Collecting", "image: packages are fetched"],
    ["Installing", "image: packages are installed"],
  ]);
  return (chunk) => {
    for (const [word, line] of steps) {
      if (!chunk.includes(`${word} `)) continue;
      steps.delete(word);
      say(line);
    }
  };
}

/** What a build said when it failed, and what helps: most of all it is pip that fails, and then Docker is well. */
export function buildFailed(said: string): Error {
  const lines = stripVTControlCharacters(said)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const errors = lines.filter((line) => /error|conflict|requested/i.test(line));
  const found = (errors.length > 0 ? errors : lines).slice(-8).join("\n");
  const isBase = /^ERROR: base image: (.*)$/m.exec(lines.join("\n"));
  if (isBase !== null) return new Error(`base image: ${isBase[1]}`);
  return new Error(`image: expected docker build to succeed, got:\n${found}\n${remedy(lines)}`);
}

function remedy(lines: string[]): string {
  const hasPipFailed = lines.some((line) => /^ERROR: |^\s*error: |pip's dependency resolver/.test(line));
  if (!hasPipFailed) return "look at Docker: docker info";
  const isNetwork = lines.some((line) =>
    /NewConnectionError|Temporary failure in name resolution/.test(line),
  );
  if (isNetwork) return "let this computer's containers reach the package index, and run again";
  const isKernel = lines.some((line) => /ipykernel/.test(line) && /conflict|constraint/i.test(line));
  return isKernel
    ? `correct requirements.txt: a notebook needs ${kernelRequirement} beside it`
    : "correct requirements.txt";
}
