import { expect, test } from "vitest";
import { expectUv } from "../../../../runners/notebook/run/expectUv.ts";

const connection = {
  host: "10.0.0.2",
  port: 22,
  user: "rack",
  identityFile: "~/.ssh/dev",
  hostKey: "ssh-ed25519 A",
};
const node = { name: "mini2", connection, runsFolder: "/srv/minirack/runs", data: {} };

test("native mode is refused on a node without uv, with what to write", () => {
  expect(expectUv({ ...node, uv: "/opt/uv" })).toBe("/opt/uv");
  expect(() => expectUv(node)).toThrow(
    "--native: expected uv on mini2, got none; set notebook.isNative: true in the cluster file, then npx pulumi up",
  );
});
