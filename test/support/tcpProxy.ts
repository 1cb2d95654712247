import { connect, createServer, type Socket } from "node:net";
import { randomNumbers } from "./randomNumbers.ts";

/** What a network does to those who use it. */
export interface Weather {
  /** Each way. */
  latencyMilliseconds?: number;
  /** Chance that a piece of data ends its connection instead of arriving, 0 to 1. */
  resets?: number;
  /** Of the chance; a test that prints it can be repeated. */
  seed?: number;
}

/** A port that leads to another one over a bad network. */
export interface TcpProxy {
  port: number;
  /** How many connections it has reset. */
  resets(): number;
  close(): Promise<void>;
}

/** Opens a port of the loopback that leads to `target`. */
export async function tcpProxy(target: number, weather: Weather): Promise<TcpProxy> {
  const { latencyMilliseconds = 0, resets: chance = 0, seed = 1 } = weather;
  const random = randomNumbers(seed);
  const open = new Set<Socket>();
  let count = 0;
  const carry = (from: Socket, to: Socket) => {
    from.on("data", (piece: Buffer) => {
      if (random() >= chance) return void setTimeout(() => to.write(piece), latencyMilliseconds);
      count++;
      from.resetAndDestroy();
      to.resetAndDestroy();
    });
    from.on("end", () => setTimeout(() => to.end(), latencyMilliseconds));
    from.on("error", () => to.destroy());
    from.on("close", () => open.delete(from));
    open.add(from);
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ port: target, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    carry(near, far);
    carry(far, near);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port of the loopback");
  return {
    port: address.port,
    resets: () => count,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
