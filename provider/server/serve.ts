import grpc from "@grpc/grpc-js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { ResourceTable } from "../provider.ts";
import { redact } from "../transport/redact.ts";
import { ResourceService } from "./service.ts";

/** What the server needs besides its resources. */
export interface ServeOptions {
  version: string;
  table: ResourceTable;
  /** Stack configuration of the provider: `minirack:clusterFile` and others. */
  configure(variables: Map<string, string>): void;
  /** Ends what is in flight; called at every normal end too. */
  cancel(): Promise<void>;
}

const megabyte = 1024 * 1024;

/** Serves the provider on a free port of the loopback and resolves with that port. */
export async function serve(options: ServeOptions): Promise<{ port: number; server: grpc.Server }> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * megabyte });
  server.addService(providerService.ResourceProviderService, {
    ...lifecycle(options),
    ...resources(options.table),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, server };
}

function resources(table: ResourceTable): grpc.UntypedServiceImplementation {
  const service = new ResourceService(table);
  return {
    check: answer((request: providerMessages.CheckRequest) => service.check(request)),
    diff: answer((request: providerMessages.DiffRequest) => service.diff(request)),
    create: answer((request: providerMessages.CreateRequest) => service.create(request)),
    read: answer((request: providerMessages.ReadRequest) => service.read(request)),
    update: answer((request: providerMessages.UpdateRequest) => service.update(request)),
    delete: answer(async (request: providerMessages.DeleteRequest) => {
      await service.delete(request);
      return new empty.Empty();
    }),
  };
}

function lifecycle(options: ServeOptions): grpc.UntypedServiceImplementation {
  return {
    handshake: answer(() => new providerMessages.ProviderHandshakeResponse().setAcceptSecrets(true)),
    getPluginInfo: answer(() => new pluginMessages.PluginInfo().setVersion(options.version)),
    getSchema: answer(() =>
      new providerMessages.GetSchemaResponse().setSchema(
        JSON.stringify({ name: "minirack", version: options.version }),
      ),
    ),
    checkConfig: answer((request: providerMessages.CheckRequest) =>
      new providerMessages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: answer(() => new providerMessages.DiffResponse()),
    configure: answer((request: providerMessages.ConfigureRequest) => {
      options.configure(new Map(request.getVariablesMap().toArray().map(asTheUserNamedIt)));
      return new providerMessages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    cancel: answer(async () => {
      await options.cancel();
      return new empty.Empty();
    }),
  };
}

/** The engine says `minirack:config:clusterFile` where the user said `minirack:clusterFile`. */
function asTheUserNamedIt([name, value]: [string, string]): [string, string] {
  return [name.replace(/^\w+:config:/, ""), value];
}

/** A unary call out of a function; its error's text, redacted, is all that the engine is told. */
function answer<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request))
      .then((response) => callback(null, response))
      .catch((error: unknown) => {
        const message = redact(error instanceof Error ? error.message : String(error));
        callback({ code: grpc.status.UNKNOWN, message });
      });
  };
}
