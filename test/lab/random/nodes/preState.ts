import fc from "fast-check";
import { quote, run } from "../../../../provider/shell/command.ts";

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

export const nothing: PreState = { prepare: ":", tidy: ":" };

/** Several one after the other, undone the other way round. */
export function together(states: readonly PreState[]): PreState {
  return {
    prepare: states.map(({ prepare }) => prepare).join("\n"),
    tidy: states
      .map(({ tidy }) => tidy)
      .toReversed()
      .join("\n"),
  };
}

/** Bytes that a file holds: a piece, so many times. */
interface Content {
  piece: Buffer;
  times: number;
}

/** Of any kind: text of several encodings, line ends, NUL, nothing, more than fits anywhere. */
export const content: fc.Arbitrary<Content> = fc.oneof(
  fc
    .constantFrom("", "a\n", "no end", "a\r\nb\r\n", "\ufeffwith a mark\n", "a\n\n\n")
    .map((text) => ({ piece: Buffer.from(text), times: 1 })),
  fc.uint8Array({ maxLength: 300 }).map((all) => ({ piece: Buffer.from(all), times: 1 })),
  fc.constantFrom(7_000, 100_000).map((times) => ({ piece: Buffer.from("ü\n"), times })),
);

const mode = fc.constantFrom("0644", "0600", "0755", "0444", "4755", "0002", "0000");
const owner = fc.constantFrom("root:root", "rack:rack", "472:472", "root:adm", "nobody:nogroup");

/** Writes bytes to a path; they go through base64, as sh knows no NUL. A piece that is repeated is a line. */
export function writes(path: string, { piece, times }: Content): string {
  if (times > 1) return `yes ${quote(piece.toString("utf8").trimEnd())} | head -n ${times} > ${quote(path)}`;
  return `printf %s ${quote(piece.toString("base64"))} | base64 -d > ${quote(path)}`;
}

/** Writes a text to a path. */
export function writesText(path: string, text: string): string {
  return `printf %s ${quote(text)} > ${quote(path)}`;
}

/** Whatever may lie at a path already: nothing, a file, a link, a folder, a pipe. */
export function atPath(path: string): fc.Arbitrary<PreState> {
  const tidy = `${run("rm", "-rf", path)}\n${rmdirs(dirname(path))}`;
  const inPlace = (prepare: string): PreState => ({
    prepare: `mkdir -p ${quote(dirname(path))}\n${prepare}`,
    tidy,
  });
  const file = fc
    .record({ content, mode, owner, acl: fc.boolean() })
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

/** Removes a folder that `mkdir -p` may have made, and those above it, where they are empty; /srv and the like are Debian's. */
function rmdirs(folder: string): string {
  const own =
    /^\/(?:srv|opt|etc\/logrotate.d|usr\/local\/[^/]+)\//.test(`${folder}/`) && folder.split("/").length > 2;
  return own && !/^\/usr\/local\/[^/]+$/.test(folder)
    ? `rmdir ${quote(folder)} 2>/dev/null || :\n${rmdirs(dirname(folder))}`
    : ":";
}

function dirname(path: string): string {
  return path.replace(/\/[^/]+\/?$/, "") || "/";
}
