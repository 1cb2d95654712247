import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { buildOnce, cacheFolder, inputsHash } from "./cache.ts";

/** A program built from a Go module that the module proxy serves. */
export interface GoProgram {
  /** Folder with go.mod and go.sum. */
  folder: string;
  package: string;
  executable: string;
  ldflags: string;
  /** How long that takes from nothing, for the user who waits. */
  duration: string;
}

/**
 * Builds the program unless the cache has it.
 * @returns path of the executable
 * @throws when there is no Go, when it is too old for go.mod, or when a module cannot be had
 */
export async function buildGo(program: GoProgram, say: (text: string) => void): Promise<string> {
  const { folder, executable } = program;
  const files = [join(folder, "go.mod"), join(folder, "go.sum")];
  const hash = inputsHash(files, program.ldflags, process.platform, process.arch);
  const target = join(cacheFolder(), `${executable}-${hash}`);
  await buildOnce(target, async (out) => {
    const go = await findGo(folder);
    say(`builds ${executable} from its Go module with ${go}: ${program.duration} on 2 cores, only once`);
    const args = [
      "build",
      "-trimpath",
      `-ldflags=${program.ldflags}`,
      "-o",
      join(out, executable),
      program.package,
    ];
    const built = await execa("go", args, { cwd: folder, env: { CGO_ENABLED: "0" }, reject: false });
    if (!built.failed) return;
    const last = built.stderr.split("\n").slice(-5).join("\n");
    throw new Error(
      `offline: go build of ${program.package} failed (${built.shortMessage}):\n${last}\n` +
        "Check that the Go module proxy (go env GOPROXY) can be reached, then run the same command again.",
    );
  });
  return join(target, executable);
}

/** The Go that will build in `folder`: Go itself compares its version with go.mod and fetches a newer one if it may. */
async function findGo(folder: string): Promise<string> {
  const found = await execa("go", ["env", "GOVERSION"], { cwd: folder, reject: false });
  if (!found.failed) return found.stdout;
  const wanted = /^go (\S+)/m.exec(readFileSync(join(folder, "go.mod"), "utf8"))?.[1] ?? "";
  const seen = found.code === "ENOENT" ? "no `go` on PATH" : found.stderr.trim();
  throw new Error(
    `offline: Pulumi's downloads cannot be reached, so its CLI is built from source; that needs Go ${wanted} or newer, ` +
      `found: ${seen}. Install Go ${wanted} (your package manager, or https://go.dev/dl), or install Pulumi itself ` +
      "(https://www.pulumi.com/docs/install), and run the same command again.",
  );
}
