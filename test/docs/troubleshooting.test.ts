import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = new URL("../../", import.meta.url).pathname;
const rooms = ["config", "components", "provider", "scripts", "runners", "lab"];
/** These give another source's error a subject of their own. */
const passedOn = ["provider/bearingFaults.ts", "provider/links/measureLinks.ts"];
const page = readFileSync(join(root, "docs/manual/troubleshooting.md"), "utf8");
const [ours = "", theirs] = page.split("## Pulumi's own words");

/** A list's item that is a message: `- …` in backticks and nothing else on the line. */
const messages = [...ours.matchAll(/^- `(.+)`$/gm)].map(([, message = ""]) => message);

/** What joins a NodeError's parts, and what stands for names and numbers. */
const joints = /…|\bexpected |, got |; |: /;
const parts = (message: string) => message.split(joints).filter((part) => part.trim().length > 2);

const sources = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|sh|py)$/.test(name) && !/node_modules|__pycache__/.test(name))
    .map((name) => ({
      path: join(room, name),
      // A text that goes on in the next line is one text.
      text: readFileSync(join(root, room, name), "utf8").replace(/["`] \+\s+["`]/g, ""),
    })),
);
const subjects = ["connect", "sudo", "host key", "script", "reboot"];
const saidIn = (text: string, message: string) =>
  parts(message).every((part) => subjects.includes(part) || text.includes(part.trim()));

describe("docs/manual/troubleshooting.md", () => {
  test.each(messages)("a source says: %s", (message) => {
    expect(parts(message).length).toBeGreaterThan(0);
    expect(sources.filter(({ text }) => saidIn(text, message)).map(({ path }) => path)).not.toEqual([]);
  });

  test("every source of the provider with errors about a node is there", () => {
    const raising = sources.filter(
      ({ path, text }) =>
        path.startsWith("provider/") &&
        /new (NodeError|Unreachable)\(|\b(this|node)\.error\(|echo "expected/.test(text),
    );
    const silent = raising.filter(({ text }) => !messages.some((message) => saidIn(text, message)));
    expect(raising.length).toBeGreaterThan(15);
    expect(silent.map(({ path }) => path)).toEqual(passedOn);
  });

  test("Pulumi's own words stand apart", () => expect(theirs).toContain("- `"));
});
