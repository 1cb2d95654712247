import { connect, createServer, type Socket } from "node:net";
import { sendMessage } from "execa";

/*
 * Carries TCP connections to ports of the loopback, each way later by some milliseconds. Tells its parent which ports lead
 * there, and ends with it.
 *   latencyProxy.ts MILLISECONDS PORT...
 */
const [latency = "0", ...targets] = process.argv.slice(2);

function carry(from: Socket, to: Socket): void {
  from.on("data", (piece) => setTimeout(() => to.write(piece), Number(latency)));
  from.on("end", () => setTimeout(() => to.end(), Number(latency)));
  from.on("error", () => to.destroy());
}

function open(target: string): Promise<number> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ port: Number(target), host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    carry(near, far);
    carry(far, near);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : 0);
    });
  });
}

process.on("disconnect", () => process.exit());
await sendMessage(await Promise.all(targets.map(open)));
