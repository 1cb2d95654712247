import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { sshBanner } from "../../../scripts/lab/sshBanner.ts";

const server = createServer();
afterEach(() => new Promise((done) => server.close(done)));

async function portSaying(text: string): Promise<number> {
  server.removeAllListeners("connection").on("connection", (socket) => socket.end(text));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");
  return address.port;
}

test("an sshd is one", async () => {
  expect(await sshBanner(await portSaying("SSH-2.0-OpenSSH_9.2\r\n"))).toBe(true);
});

test.each(["HTTP/1.0 200 OK\r\n", ""])("what says %j is none", async (text) => {
  expect(await sshBanner(await portSaying(text))).toBe(false);
});
