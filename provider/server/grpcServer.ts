import grpc from "@grpc/grpc-js";
import { errorText } from "../transport/errorText.ts";
import { InitFailed } from "./initFailed.ts";
import { isOurUser } from "./peerUser.ts";

const megabyte = 1024 * 1024;
const watchMilliseconds = 1000;

/** Serves on a free port of the loopback; the service's methods without a handler are refused by name. */
export async function listen(
  service: grpc.ServiceDefinition,
  handlers: grpc.UntypedServiceImplementation,
): Promise<{ port: number; server: grpc.Server }> {
  let port = 0;
  const ourUserOnly: grpc.ServerInterceptor = (_method, call) =>
    new grpc.ServerInterceptingCall(call, {
      start: (next) => (isOurUser(call.getPeer(), port) ? next() : call.sendStatus(stranger)),
    });
  const server = new grpc.Server({
    "grpc.max_receive_message_length": 400 * megabyte,
    interceptors: [ourUserOnly],
  });
  server.addService(service, handlers);
  port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, server };
}

/** Any user of this computer may connect; whom we answer becomes root on the nodes. */
const stranger = {
  code: grpc.status.PERMISSION_DENIED,
  details: "expected a call by the user who runs pulumi, got another's",
};

/** Tells the engine that started this process where to call, and ends with it: after kill -9 of the CLI we would live on. */
export function joinEngine(port: number): void {
  const engine = process.ppid;
  setInterval(() => process.ppid === engine || process.exit(0), watchMilliseconds).unref();
  process.stdout.write(`${port}\n`);
}

/** A unary call out of a function; its error's text, redacted, is all that the engine is told. */
export function answer<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(handle)
      .then((response) => callback(null, response))
      .catch((error: unknown) => {
        const message = errorText(error);
        const details = error instanceof InitFailed ? { metadata: error.metadata() } : {};
        callback({ code: grpc.status.UNKNOWN, message, ...details });
      });
  };
}
