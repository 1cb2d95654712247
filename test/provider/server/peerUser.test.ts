import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { isOurUser } from "../../../provider/server/peerUser.ts";

const asAnother = ["--reuid=65534", "--regid=65534", "--clear-groups"];
const mayBecomeAnother = process.platform === "linux" && process.getuid?.() === 0;

/** A port, and the first connection's other end. */
async function knocked(knock: (port: number) => void): Promise<[peer: string, port: number]> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const peer = new Promise<string>((resolve) =>
    server.once("connection", (socket) => {
      onTestFinished(() => void socket.destroy());
      resolve(`127.0.0.1:${socket.remotePort}`);
    }),
  );
  knock(port);
  return [await peer, port];
}

test("a process of our own user is one", async () => {
  const [peer, port] = await knocked((at) => {
    const socket = connect(at, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
  });
  expect(isOurUser(peer, port)).toBe(true);
});

test.runIf(mayBecomeAnother)("a process of another user is none", async () => {
  const [peer, port] = await knocked((at) => {
    const script = `exec 3<> /dev/tcp/127.0.0.1/${at}; sleep 60`;
    const other = spawn("setpriv", [...asAnother, "bash", "-c", script], { stdio: "ignore" });
    onTestFinished(() => void other.kill());
  });
  expect(isOurUser(peer, port)).toBe(false);
});

test.runIf(process.platform === "linux")("an end that is nobody's is none", () => {
  expect(isOurUser("127.0.0.1:1", 2)).toBe(false);
});
