import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { z } from "zod";
import { serve, unary } from "./grpcServer.ts";
import {
  type Bag,
  fromStruct,
  hasSecret,
  hasUnknown,
  plain,
  secret,
  toStruct,
  unknown,
} from "./propertyBag.ts";

/** One resource type. The bags that it gets are plain; the frame wraps secrets again. */
export interface Kind {
  /** Strict: a property that is missing here is refused by name. */
  inputs: z.ZodType;
  replaces(property: string): boolean;
  /** Known only once it was made. */
  outputs?: string[];
  create(inputs: Bag, name: string): Promise<{ id: string; outputs: Bag }>;
  /** The inputs that can change by themselves, as they are; nothing when the resource is gone. */
  read(id: string, inputs: Bag): Promise<Bag | undefined>;
  update(id: string, inputs: Bag, state: Bag): Promise<Bag>;
  delete(id: string, state: Bag): Promise<unknown>;
}

/** What is wrong with a resource's inputs, by property. A preview's unknown values cannot be judged yet. */
export function refusals(token: string, kind: Pick<Kind, "inputs">, inputs: Bag) {
  const issues = kind.inputs.safeParse(plain(inputs)).error?.issues ?? [];
  return issues.flatMap((issue) => {
    const at = issue.path.join(".");
    if (issue.code !== "unrecognized_keys")
      return hasUnknown(inputs) ? [] : [{ property: at, reason: `${token}: ${at}: ${issue.message}` }];
    return issue.keys.map((key) => {
      const property = [...issue.path, key].join(".");
      const reason = `${token}: ${property} is not implemented by the offline stand-in; use the official plugin`;
      return { property, reason };
    });
  });
}

/** Names of the properties whose value differs; a list's order counts. */
export function changedKeys(old: Bag, wanted: Bag): string[] {
  const [before, after] = [plain(old), plain(wanted)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/** The state: inputs as they came, and outputs, which are secret where an input that they may show is. */
function stateOf(inputs: Bag, outputs: Bag): Bag {
  const wrap = hasSecret(inputs) ? secret : (value: Bag[string]) => value;
  return {
    ...inputs,
    ...Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, wrap(value)])),
  };
}

/** Serves `ResourceProvider` for the given resource types, by token; every other is refused by name. */
export function serveResources(version: string, kinds: Record<string, Kind>): void {
  const find = (urn: string) => {
    const [, , types = "", ...names] = urn.split("::");
    const token = types.split("$").at(-1) ?? "";
    const kind = kinds[token];
    if (!kind)
      throw new Error(`${token} is not implemented by the offline stand-in; use the official plugin`);
    const notYet = Object.fromEntries((kind.outputs ?? []).map((key) => [key, unknown]));
    return { token, kind, notYet, name: names.join("::") };
  };
  serve(providerService.ResourceProviderService, {
    getPluginInfo: unary(async () => new pluginMessages.PluginInfo().setVersion(version)),
    checkConfig: unary(async (request: messages.CheckRequest) =>
      new messages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary(async () => new messages.DiffResponse()),
    configure: unary(async () =>
      new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true),
    ),
    cancel: unary(async () => new empty.Empty()),
    check: unary(async (request: messages.CheckRequest) => {
      const { token, kind } = find(request.getUrn());
      const given = fromStruct(request.getNews());
      const failures = refusals(token, kind, given).map(({ property, reason }) =>
        new messages.CheckFailure().setProperty(property).setReason(reason),
      );
      return new messages.CheckResponse().setInputs(request.getNews()).setFailuresList(failures);
    }),
    diff: unary(async (request: messages.DiffRequest) => {
      const { kind } = find(request.getUrn());
      const changed = changedKeys(fromStruct(request.getOldInputs()), fromStruct(request.getNews()));
      const counted = changed.filter((key) => !request.getIgnorechangesList().includes(key));
      const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
      return new messages.DiffResponse()
        .setChanges(counted.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList(counted)
        .setReplacesList(counted.filter(kind.replaces))
        .setDeletebeforereplace(kind.replaces("name"));
    }),
    create: unary(async (request: messages.CreateRequest) => {
      const { kind, notYet, name: given } = find(request.getUrn());
      const inputs = fromStruct(request.getProperties());
      const made = request.getPreview()
        ? { id: "", outputs: notYet }
        : await kind.create(plain(inputs), given);
      const state = toStruct(stateOf(inputs, made.outputs));
      return new messages.CreateResponse().setId(made.id).setProperties(state);
    }),
    read: unary(async (request: messages.ReadRequest) => {
      const { token, kind } = find(request.getUrn());
      if (!request.getInputs())
        throw new Error(`${token}: import is not implemented by the offline stand-in`);
      const [inputs, state] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())];
      const drift = await kind.read(request.getId(), plain(inputs));
      if (!drift) return new messages.ReadResponse();
      return new messages.ReadResponse()
        .setId(request.getId())
        .setInputs(toStruct({ ...inputs, ...drift }))
        .setProperties(toStruct({ ...state, ...drift }));
    }),
    update: unary(async (request: messages.UpdateRequest) => {
      const { kind, notYet } = find(request.getUrn());
      const [inputs, old] = [fromStruct(request.getNews()), fromStruct(request.getOlds())];
      const isPreview = request.getPreview();
      const outputs = isPreview ? notYet : await kind.update(request.getId(), plain(inputs), plain(old));
      return new messages.UpdateResponse().setProperties(toStruct(stateOf(inputs, outputs)));
    }),
    delete: unary(async (request: messages.DeleteRequest) => {
      const { kind } = find(request.getUrn());
      await kind.delete(request.getId(), plain(fromStruct(request.getProperties())));
      return new empty.Empty();
    }),
  });
}
