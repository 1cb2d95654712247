import { connect, type Socket } from "node:net";

/** A socket to an sshd, and the line that a busy one says in place of its version before it hangs up. */
export interface GreetedSocket {
  socket: Socket;
  /** `Exceeded MaxStartups`, `Not allowed at this time`; empty when it said nothing, or its version. */
  refusal(): string;
}

/** Opens a connection and listens to its first line; to be handed to ssh2 in the same turn, which reads along. */
export function greetedSocket({ host, port }: { host: string; port: number }): GreetedSocket {
  const socket = connect({ host, port, noDelay: true });
  let said = "";
  socket.on("data", function hear(chunk: Buffer) {
    said += chunk.toString("latin1");
    if (said.includes("\n") || said.length > 200) socket.off("data", hear);
  });
  return { socket, refusal: () => (said.startsWith("SSH-") ? "" : (said.split(/[\r\n]/)[0] ?? "")) };
}
