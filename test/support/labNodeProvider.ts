import grpc from "@grpc/grpc-js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { importedInputs } from "../../provider/importedInputs.ts";
import { resourceTable } from "../../provider/provider.ts";
import type { Properties } from "../../provider/resource.ts";
import { open } from "../../provider/server/properties.ts";
import { serve } from "../../provider/server/serve.ts";
import { settingToken } from "../../provider/settings/index.ts";
import { closePool } from "../../provider/transport/pool.ts";
import { engineCalls } from "./servedProvider.ts";

/** A resource as the engine keeps it between its calls. */
export interface Kept {
  setting: string;
  id: string;
  inputs: Properties;
  state: Properties;
}

/** What the engine asks of the provider, in plain values; each is a real call over gRPC. */
export interface LabNodeProvider {
  create(setting: string, inputs: Properties): Promise<Kept>;
  /** As `refresh` does it; undefined when the thing is gone. */
  read(kept: Kept): Promise<Kept | undefined>;
  /** From the id alone. */
  import(setting: string, id: string): Promise<Kept | undefined>;
  /** Paths of the properties in which the inputs differ from the wanted ones. */
  diff(kept: Kept, wanted: Properties): Promise<string[]>;
  update(kept: Kept, wanted: Properties): Promise<Kept>;
  delete(kept: Kept): Promise<void>;
  close(): Promise<void>;
}

const bag = (properties: Properties) => struct.Struct.fromJavaScript(properties);
const plain = (value: struct.Struct | undefined) => open(value?.toJavaScript()).properties;

/** Our server as the engine has it: all its resources, configured for a stack and a cluster file. */
export async function labNodeProvider(stack: string, clusterFile: string): Promise<LabNodeProvider> {
  const configuration = new Map<string, string>();
  const { port, server } = await serve({
    version: "0.0.0",
    table: resourceTable((id, identity) => importedInputs(id, identity, configuration)),
    configure: (variables) => variables.forEach((value, key) => void configuration.set(key, value)),
    cancel: closePool,
  });
  const credentials = grpc.credentials.createInsecure();
  const client = new providerService.ResourceProviderClient(`127.0.0.1:${port}`, credentials);
  const engine = engineCalls(client);
  const configure = new messages.ConfigureRequest();
  configure.getVariablesMap().set("minirack:config:clusterFile", clusterFile);
  await engine.configure(configure);
  const close = async () => {
    await closePool();
    client.close();
    server.forceShutdown();
  };
  return { ...resourceCalls(engine, stack), close };
}

/** The calls about resources, for a provider that somebody else serves. */
export function resourceCalls(
  engine: ReturnType<typeof engineCalls>,
  stack: string,
): Omit<LabNodeProvider, "close"> {
  const urn = (setting: string, node: string) =>
    `urn:pulumi:${stack}::minirack::minirack:index:Node$${settingToken(setting)}::${node}-${setting}`;
  const urnOf = ({ setting, id }: Pick<Kept, "setting" | "id">) => urn(setting, id.split("/")[0] ?? "");
  const checked = async (setting: string, inputs: Properties) => {
    const request = new messages.CheckRequest().setUrn(urn(setting, String(inputs.node)));
    const response = await engine.check(request.setNews(bag(inputs)));
    const [failure] = response.getFailuresList();
    if (failure) throw new Error(`${setting}: ${failure.getProperty()}: ${failure.getReason()}`);
    return plain(response.getInputs());
  };
  const read = async (setting: string, id: string, request: messages.ReadRequest) => {
    const response = await engine.read(request.setUrn(urnOf({ setting, id })).setId(id));
    if (response.getId() === "") return undefined;
    const [inputs, state] = [plain(response.getInputs()), plain(response.getProperties())];
    return { setting, id: response.getId(), inputs, state };
  };
  return {
    async create(setting, given) {
      const inputs = await checked(setting, given);
      const request = new messages.CreateRequest().setUrn(urn(setting, String(inputs.node)));
      const response = await engine.create(request.setProperties(bag(inputs)));
      return { setting, id: response.getId(), inputs, state: plain(response.getProperties()) };
    },
    read: ({ setting, id, inputs, state }) =>
      read(setting, id, new messages.ReadRequest().setInputs(bag(inputs)).setProperties(bag(state))),
    import: (setting, id) => read(setting, id, new messages.ReadRequest()),
    async diff(kept, wanted) {
      const request = new messages.DiffRequest().setUrn(urnOf(kept)).setId(kept.id);
      request.setOldInputs(bag(kept.inputs)).setOlds(bag(kept.state));
      const response = await engine.diff(request.setNews(bag(await checked(kept.setting, wanted))));
      return response
        .getDetaileddiffMap()
        .toArray()
        .map(([path]) => path)
        .sort();
    },
    async update(kept, wanted) {
      const inputs = await checked(kept.setting, wanted);
      const request = new messages.UpdateRequest().setUrn(urnOf(kept)).setId(kept.id);
      request.setOldInputs(bag(kept.inputs)).setOlds(bag(kept.state));
      const response = await engine.update(request.setNews(bag(inputs)));
      return { ...kept, inputs, state: plain(response.getProperties()) };
    },
    async delete(kept) {
      const request = new messages.DeleteRequest().setUrn(urnOf(kept)).setId(kept.id);
      await engine.delete(request.setOldInputs(bag(kept.inputs)).setProperties(bag(kept.state)));
    },
  };
}
