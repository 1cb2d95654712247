import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { baseTag, getBaseImage } from "./baseImage.ts";
import { type BuildContext, packContext } from "./buildContext.ts";
import { dockerCan } from "./engine.ts";

/** What an image is built of, under which name, and who is told. */
export interface Build {
  context: BuildContext;
  baseImage: string;
  /** Name and tag that it gets. */
  tag: string;
  stack: string;
  say: (line: string) => void;
}

/**
 * Builds an image by this controller's engine; layers that are there already are not made again. Resolves with its id. That the base
 * image is there is asked only where the build fails: it nearly always is.
 */
export async function buildImage(build: Build): Promise<string> {
  const first = await tryBuild(build);
  if (first.imageId !== undefined) return first.imageId;
  if (await dockerCan(["image", "inspect", baseTag(build.baseImage)])) throw failed(first.text);
  await getBaseImage(build.baseImage, build.say);
  const second = await tryBuild(build);
  if (second.imageId !== undefined) return second.imageId;
  throw failed(second.text);
}

async function tryBuild({
  context,
  baseImage,
  tag,
  stack,
  say,
}: Build): Promise<{ imageId?: string; text: string }> {
  const folder = mkdtempSync(join(tmpdir(), "minirack-build-"));
  try {
    const idFile = join(folder, "id");
    const given = [`BASE=${baseTag(baseImage)}`, `STACK=${stack}`].flatMap((one) => ["--build-arg", one]);
    const building = execa(
      "docker",
      ["build", "--force-rm", "--iidfile", idFile, "--tag", tag, ...given, "-"],
      {
        stdin: "pipe",
        all: true,
        reject: false,
      },
    );
    building.all.on("data", pipSteps(say));
    packContext(context).pipe(building.stdin);
    const { failed: hasFailed, all } = await building;
    return hasFailed ? { text: all } : { imageId: readFileSync(idFile, "utf8").trim(), text: all };
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

function failed(text: string): Error {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const errors = lines.filter((line) => /error/i.test(line));
  const found = (errors.length > 0 ? errors : lines).slice(-5).join("\n");
  return new Error(
    `image: expected docker build to succeed, got:\n${found}\ncorrect requirements.txt, or look at Docker: docker info`,
  );
}
