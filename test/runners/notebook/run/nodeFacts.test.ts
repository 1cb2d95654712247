import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import type { OpenNode } from "../../../../provider/transport/openNode.ts";
import { nodeFacts } from "../../../../runners/notebook/run/nodeFacts.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

const engine = "docker() { printf 'engine\\tx86_64\\tDebian GNU/Linux 12\\nroot\\t/\\n'; }\n";

/** A node that is this computer, with an engine that answers. */
const here: OpenNode = {
  name: "mini1",
  run: async ({ script }) => ({ stdout: (await execa("sh", ["-c", `${engine}${script}`])).stdout }),
  download: () => Promise.reject(new Error("nothing is brought")),
  forwardIn: () => Promise.reject(new Error("nothing is sent")),
  close: async () => {},
};

function specOf(path: string) {
  const connection = { host: "h", port: 22, user: "rack", identityFile: "k", hostKey: "ssh-ed25519 AAAA" };
  return { name: "mini1", connection, runsFolder: "/", data: { news: { path } } };
}

test("a data set that others could exchange is refused: Docker would bind what they put in its place", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "open", "news"), { recursive: true });
  mkdirSync(join(folder, "news"));
  chmodSync(join(folder, "open"), 0o777);
  const error = await nodeFacts(here, specOf(join(folder, "open/news"))).catch(String);
  expect(String(error).replace(/ \(\S+:\S+ drwxrwxrwx\)/, " (…)")).toBe(
    `NodeError: node mini1: data news: expected nobody but root and rack to be able to put another folder in the place of ${folder}/open/news, got ${folder}/open (…); move the data below a folder of root's, or give that folder to root: a run would read whatever is put there`,
  );
  expect(Object.keys((await nodeFacts(here, specOf(join(folder, "news")))).dataDigests)).toEqual(["news"]);
});
