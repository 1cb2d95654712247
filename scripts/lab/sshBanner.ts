import { connect } from "node:net";

/** Whether an sshd introduces itself on 127.0.0.1 at this port within 5 seconds. */
export function sshBanner(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 5000 });
    const end = (isThere: boolean) => {
      socket.destroy();
      done(isThere);
    };
    socket.once("data", (data) => end(data.toString("latin1").startsWith("SSH-2.0-")));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
    socket.once("close", () => end(false));
  });
}
