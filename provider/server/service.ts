import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { ResourceTable } from "../provider.ts";
import type { CheckFailure, Identity, Properties, Resource } from "../resource.ts";
import { detailedDiff } from "./detailedDiff.ts";
import { close, hasUnknown, open, type Path, unknownValue } from "./properties.ts";
import { parseUrn } from "./requests.ts";

type Bag = struct.Struct | undefined;

/** Properties that are secret wherever they come from. */
const alwaysSecret: Path[] = [
  ["connection", "sudoPassword"],
  ["firstContact", "password"],
];

/** The resource calls of Pulumi's ResourceProvider, on property bags; which resource answers is the table's business. */
export class ResourceService {
  private readonly table: ResourceTable;

  constructor(table: ResourceTable) {
    this.table = table;
  }

  check(request: providerMessages.CheckRequest): providerMessages.CheckResponse {
    const { resource } = this.find(request.getUrn());
    const { properties, secrets } = openBag(request.getNews());
    const { inputs, failures } = resource.check(properties);
    const response = new providerMessages.CheckResponse();
    const real = failures.filter(({ path }) => !isUnknownAt(properties, path));
    response.setFailuresList(real.map(checkFailure));
    return response.setInputs(bag(inputs, secrets));
  }

  diff(request: providerMessages.DiffRequest): providerMessages.DiffResponse {
    const before = openBag(request.getOldInputs()).properties;
    const diff = detailedDiff(before, openBag(request.getNews()).properties);
    const response = new providerMessages.DiffResponse();
    const { DIFF_NONE, DIFF_SOME } = providerMessages.DiffResponse.DiffChanges;
    response.setChanges(diff.size === 0 ? DIFF_NONE : DIFF_SOME).setHasdetaileddiff(true);
    response.setDiffsList([...new Set([...diff.keys()].map((path) => path.split(/[.[]/)[0] ?? path))]);
    const kinds = providerMessages.PropertyDiff.Kind;
    const kind = { add: kinds.ADD, delete: kinds.DELETE, update: kinds.UPDATE };
    for (const [path, what] of diff) {
      const property = new providerMessages.PropertyDiff().setKind(kind[what]).setInputdiff(true);
      response.getDetaileddiffMap().set(path, property);
    }
    return response;
  }

  async create(request: providerMessages.CreateRequest): Promise<providerMessages.CreateResponse> {
    const { resource, identity } = this.find(request.getUrn());
    const { properties, secrets } = openBag(request.getProperties());
    const response = new providerMessages.CreateResponse();
    if (request.getPreview()) return response.setProperties(bag(previewed(resource, properties), secrets));
    const { id, state } = await resource.create(properties, identity);
    return response.setId(id).setProperties(bag(state, secrets));
  }

  async read(request: providerMessages.ReadRequest): Promise<providerMessages.ReadResponse> {
    const { resource, identity } = this.find(request.getUrn());
    const inputs = openBag(request.getInputs());
    const state = openBag(request.getProperties());
    const known = [inputs, state]
      .map(({ properties }) => properties)
      .find((one) => Object.keys(one).length > 0);
    const now = await resource.read(request.getId(), known, state.properties, identity);
    const response = new providerMessages.ReadResponse();
    if (now === undefined) return response;
    const secrets = [...inputs.secrets, ...state.secrets];
    return response.setId(now.id).setProperties(bag(now.state, secrets)).setInputs(bag(now.inputs, secrets));
  }

  async update(request: providerMessages.UpdateRequest): Promise<providerMessages.UpdateResponse> {
    const { resource, identity } = this.find(request.getUrn());
    const from = openBag(request.getOldInputs()).properties;
    const { properties: to, secrets } = openBag(request.getNews());
    const state = openBag(request.getOlds()).properties;
    const response = new providerMessages.UpdateResponse();
    if (request.getPreview()) return response.setProperties(bag({ ...state, ...to }, secrets));
    const now = await resource.update(request.getId(), { from, to, state }, identity);
    return response.setProperties(bag(now, secrets));
  }

  async delete(request: providerMessages.DeleteRequest): Promise<void> {
    const { resource, identity } = this.find(request.getUrn());
    const inputs = openBag(request.getOldInputs()).properties;
    await resource.delete(request.getId(), inputs, identity);
  }

  private find(urn: string): { resource: Resource; identity: Identity } {
    const { token, ...identity } = parseUrn(urn);
    const resource = this.table.get(token);
    if (resource !== undefined) return { resource, identity };
    throw new Error(
      `expected one of ${[...this.table.keys()].join(", ")}, got ${token}; see docs/reference.md`,
    );
  }
}

function openBag(value: Bag) {
  return open(value?.toJavaScript());
}

function bag(properties: Properties, secrets: Path[]): struct.Struct {
  return struct.Struct.fromJavaScript(close(properties, [...secrets, ...alwaysSecret]));
}

function previewed(resource: Resource, inputs: Properties): Properties {
  return { ...inputs, ...Object.fromEntries(resource.outputs.map((name) => [name, unknownValue])) };
}

function checkFailure({ path, reason }: CheckFailure): providerMessages.CheckFailure {
  return new providerMessages.CheckFailure().setProperty(path.join(".")).setReason(reason);
}

/** A value that is not known yet breaks rules that the real one may keep. */
function isUnknownAt(properties: Properties, path: string[]): boolean {
  let value: Properties[string] = properties;
  for (const key of path) {
    if (value === unknownValue) return true;
    if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
    value = value[key] ?? null;
  }
  return hasUnknown(value);
}
