import grpc from "@grpc/grpc-js";

/** Turns a promise-returning answer into a unary gRPC handler; a rejection's text is what the engine prints. */
export function unary<Request, Response>(
  answer: (request: Request) => Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, reply) => {
    answer(call.request).then(
      (response) => reply(null, response),
      (error: unknown) =>
        reply({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) }),
    );
  };
}

/** Serves on a free port of the loopback and tells the engine which, on the first line of stdout. */
export function serve(service: grpc.ServiceDefinition, handlers: grpc.UntypedServiceImplementation): void {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(service, handlers); // methods without a handler are refused by name
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  const engine = process.ppid; // a killed engine leaves its plugins behind unless they look
  setInterval(() => process.ppid === engine || process.exit(1), 1000).unref();
}
