import fc from "fast-check";
import { quote, run } from "../../../provider/shell/command.ts";

/** What somebody did to a node before minirack came, and how it is undone for the next one. */
export interface PreState {
  /** POSIX sh, run as root. */
  prepare: string;
  tidy: string;
}

/** A node as somebody has it, and what a cluster file wants there. */
export interface RandomNode extends PreState {
  cluster: Record<string, unknown>;
}

/** Several one after the other. */
export function together(states: readonly PreState[]): PreState {
  return {
    prepare: states.map(({ prepare }) => prepare).join("\n"),
    tidy: states.map(({ tidy }) => tidy).join("\n"),
  };
}

/** Bytes of any kind: text of several encodings, line ends, NUL, nothing. */
export const bytes = fc.oneof(
  fc
    .constantFrom("", "a\n", "no end", "a\r\nb\r\n", "\ufeffwith a mark\n", "a\n\n\n")
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all)),
  fc.constantFrom(20_000, 300_000).map((size) => Buffer.alloc(size, "ü\n")),
);

const mode = fc.constantFrom("0644", "0600", "0755", "0444", "4755", "0002", "0000");
const owner = fc.constantFrom("root:root", "rack:rack", "472:472", "root:adm", "nobody:nogroup");

/** Writes bytes to a path; they go through base64, as sh knows no NUL. */
export function writes(path: string, content: Buffer): string {
  return `printf %s ${quote(content.toString("base64"))} | base64 -d > ${quote(path)}`;
}

/** Whatever may lie at a path already: nothing, a file, a link, a folder, a pipe. */
export function atPath(path: string): fc.Arbitrary<PreState> {
  const tidy = run("rm", "-rf", path);
  const inPlace = (prepare: string): PreState => ({
    prepare: `mkdir -p ${quote(dirname(path))}\n${prepare}`,
    tidy,
  });
  const file = fc
    .record({ content: bytes, mode, owner, acl: fc.boolean() })
    .map((one) =>
      inPlace(
        [
          writes(path, one.content),
          run("chown", one.owner, path),
          run("chmod", one.mode, path),
          ...(one.acl ? [run("setfacl", "-m", "u:nobody:r", path)] : []),
        ].join("\n"),
      ),
    );
  const link = fc
    .constantFrom("/etc/hostname", "/nowhere/at/all", "../etc/os-release", "/proc/self/mounts", "/etc")
    .map((target) => inPlace(run("ln", "-s", target, path)));
  const others = fc.constantFrom(run("mkdir", path), run("mkfifo", path), ":").map(inPlace);
  return fc.oneof(
    { weight: 4, arbitrary: file },
    { weight: 3, arbitrary: link },
    { weight: 2, arbitrary: others },
  );
}

function dirname(path: string): string {
  return path.replace(/\/[^/]+\/?$/, "") || "/";
}
