import grpc from "@grpc/grpc-js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";
import { redact } from "../transport/redact.ts";

/** Where warnings go; without an engine, to stderr. */
let send = async (message: string): Promise<void> => console.error(message);

/** Sends warnings to the engine at this address from now on: a provider's stderr it shows to nobody. */
export function warnThrough(address: string): void {
  const client = new engineService.EngineClient(address, grpc.credentials.createInsecure());
  send = (message) =>
    new Promise((resolve) => {
      const request = new messages.LogRequest().setSeverity(messages.LogSeverity.WARNING).setMessage(message);
      client.log(request, (error) => {
        if (error) console.error(message);
        resolve();
      });
    });
}

/** Shows the user a warning, secrets redacted; resolves when the engine has it. */
export function warn(message: string): Promise<void> {
  return send(redact(message));
}
