import type grpc from "@grpc/grpc-js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { ResourceTable } from "../provider.ts";
import { answer, listen } from "./grpcServer.ts";
import { resourceCalls } from "./resourceCalls.ts";

/** What the server needs besides its resources. */
export interface ServeOptions {
  version: string;
  table: ResourceTable;
  /** The package's schema, for programs in other languages; none, and the call is refused. */
  schema?: object;
  /** Stack configuration of the provider: `minirack:clusterFile` and others. */
  configure(variables: Map<string, string>): void;
  /** Ends what is in flight; called at every normal end too. */
  cancel(): Promise<void>;
}

/** Serves the provider on a free port of the loopback and resolves with that port. */
export function serve(options: ServeOptions): Promise<{ port: number; server: grpc.Server }> {
  const handlers = { ...lifecycle(options), ...resourceCalls(options.table) };
  return listen(providerService.ResourceProviderService, handlers);
}

function lifecycle(options: ServeOptions): grpc.UntypedServiceImplementation {
  const schema = options.schema && JSON.stringify(options.schema);
  return {
    handshake: answer(() => new messages.ProviderHandshakeResponse().setAcceptSecrets(true)),
    getPluginInfo: answer(() => new pluginMessages.PluginInfo().setVersion(options.version)),
    ...(schema && { getSchema: answer(() => new messages.GetSchemaResponse().setSchema(schema)) }),
    // No checkConfig: the engine sends it secrets unwrapped, and would log them so when they come back.
    diffConfig: answer(() => new messages.DiffResponse()),
    configure: answer((request: messages.ConfigureRequest) => {
      options.configure(new Map(request.getVariablesMap().toArray().map(asTheUserNamedIt)));
      return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
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
