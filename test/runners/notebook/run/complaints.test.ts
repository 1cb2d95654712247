import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { complaints } from "../../../../runners/notebook/run/complaints.ts";
import { nodeRun } from "../../../../runners/notebook/run/nodeRun.ts";
import { packScript } from "../../../../runners/notebook/run/runShell.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

test.each(["a\nb", "c: d", "e\\f", "Grüße", " ", "i\"j'", "tar: output", "\x1b[31m", "\\n"])(
  "what cannot be packed has its own name: %j",
  async (name) => {
    const at = nodeRun(temporaryFolder(), "odd-0123abcd", false);
    mkdirSync(join(at.folder, "output"), { recursive: true });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(at.folder, "output", name), resolve));
    try {
      const { stderr } = await execa("sh", { input: packScript(at), encoding: "buffer" });
      expect(complaints(Buffer.from(stderr).toString())).toEqual([{ path: name, why: "socket ignored" }]);
    } finally {
      server.close();
    }
  },
);

test("a name that is not UTF-8, a warning, and a line that is no name", () => {
  const lines = [
    "tar: output/g\\377: socket ignored",
    "tar: output/a\\:b: Warning: Cannot open: Permission denied",
    "tar: output: Warning: Cannot open: Permission denied",
  ];
  expect(complaints(`${lines.join("\n")}\n`)).toEqual([
    { path: "g\uFFFD", why: "socket ignored" },
    { path: "a:b", why: "Cannot open: Permission denied" },
    { path: "", why: "tar: output: Warning: Cannot open: Permission denied" },
  ]);
});
