import type grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { ResourceTable } from "../provider.ts";
import type { CheckFailure, Identity, Properties, Resource } from "../resource.ts";
import { diffResponse } from "./diffResponse.ts";
import { answer } from "./grpcServer.ts";
import { InitFailed } from "./initFailed.ts";
import { PartlyDone } from "./partlyDone.ts";
import { close, isMissingAt, isUnknownAt, open, type Path, pathsEnding, unknownValue } from "./properties.ts";
import { parseUrn } from "./requests.ts";

/** Properties that are secret wherever they are and come from: by the ends of their paths. */
export const alwaysSecret: Path[] = [
  ["connection", "sudoPassword"],
  ["firstContact", "password"],
];

interface Found {
  resource: Resource;
  identity: Identity;
}

/** The resource calls of Pulumi's ResourceProvider, on property bags; which resource answers is the table's business. */
export function resourceCalls(table: ResourceTable): grpc.UntypedServiceImplementation {
  const call = <Request extends { getUrn(): string }, Response>(
    handle: (found: Found, request: Request) => Response | Promise<Response>,
  ) => answer((request: Request) => handle(find(table, request), request));
  return {
    check: call(check),
    diff: call(diff),
    create: call(create),
    read: call(read),
    update: call(update),
    delete: call(remove),
  };
}

function find(table: ResourceTable, request: { getUrn(): string; getTimeout?(): number }): Found {
  const { token, ...named } = parseUrn(request.getUrn());
  const timeoutSeconds = request.getTimeout?.() || undefined; // 0 is the engine's word for none
  const resource = table.get(token);
  if (resource !== undefined) return { resource, identity: { ...named, timeoutSeconds } };
  throw new Error(
    `expected one of ${[...table.keys()].join(", ")}, got ${token}; see docs/reference/resources.md`,
  );
}

function check({ resource }: Found, request: messages.CheckRequest): messages.CheckResponse {
  const { properties, secrets } = openBag(request.getNews());
  const { inputs, failures } = resource.check(properties);
  // What comes from a resource that failed is left out by the engine, which then skips this one; but for a failure here
  // it would end the whole deployment. So what is missing is refused by `create` and `update`, in their previews too.
  const mayWait = ({ path }: CheckFailure) => isUnknownAt(properties, path) || isMissingAt(properties, path);
  const response = new messages.CheckResponse().setInputs(bag(inputs, secrets));
  return response.setFailuresList(failures.filter((one) => !mayWait(one)).map(checkFailure));
}

function diff({ resource }: Found, request: messages.DiffRequest): messages.DiffResponse {
  const before = openBag(request.getOldInputs()).properties;
  return diffResponse(resource, before, openBag(request.getNews()).properties);
}

async function create({ resource, identity }: Found, request: messages.CreateRequest) {
  const { properties, secrets } = openBag(request.getProperties());
  expectComplete(resource, properties);
  const hidden = [...secrets, ...secretOutputs(resource, secrets)];
  const { id, state } = request.getPreview()
    ? { id: "", state: { ...properties, ...unknownOutputs(resource) } }
    : await keepingParts(resource.create(properties, identity), hidden);
  return new messages.CreateResponse().setId(id).setProperties(bag(state, hidden));
}

async function read({ resource, identity }: Found, request: messages.ReadRequest) {
  const [inputs, state] = [openBag(request.getInputs()), openBag(request.getProperties())];
  const known = [inputs.properties, state.properties].find((one) => Object.keys(one).length > 0);
  const now = await resource.read(request.getId(), known, state.properties, identity);
  const response = new messages.ReadResponse();
  if (now === undefined) return response;
  const secrets = [...inputs.secrets, ...state.secrets, ...(now.secrets ?? [])];
  return response.setId(now.id).setProperties(bag(now.state, secrets)).setInputs(bag(now.inputs, secrets));
}

async function update({ resource, identity }: Found, request: messages.UpdateRequest) {
  const from = openBag(request.getOldInputs()).properties;
  const { properties: to, secrets } = openBag(request.getNews());
  const state = openBag(request.getOlds()).properties;
  expectComplete(resource, to);
  const hidden = [...secrets, ...secretOutputs(resource, secrets)];
  const now = request.getPreview()
    ? { ...state, ...to, ...(resource.outputsMayChange && unknownOutputs(resource)) }
    : await keepingParts(resource.update(request.getId(), { from, to, state }, identity), hidden);
  return new messages.UpdateResponse().setProperties(bag(now, hidden));
}

async function remove({ resource, identity }: Found, request: messages.DeleteRequest) {
  const inputs = openBag(request.getOldInputs()).properties;
  await resource.delete(request.getId(), inputs, identity, openBag(request.getProperties()).properties);
  return new empty.Empty();
}

/** What is partly done is told as such, with its secrets wrapped as those of what is done. */
async function keepingParts<T>(work: Promise<T>, hidden: Path[]): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof PartlyDone ? new InitFailed(error, bag(error.state, hidden)) : error;
  }
}

function expectComplete(resource: Resource, properties: Properties): void {
  const failures = resource.check(properties).failures.filter(({ path }) => !isUnknownAt(properties, path));
  if (failures.length === 0) return;
  throw new Error(failures.map(({ path, reason }) => `${path.join(".")}: ${reason}`).join("\n"));
}

const openBag = (value: struct.Struct | undefined) => open(value?.toJavaScript());

function bag(properties: Properties, secrets: Path[]): struct.Struct {
  const always = pathsEnding(properties, alwaysSecret);
  return struct.Struct.fromJavaScript(close(properties, [...secrets, ...always]));
}

function unknownOutputs({ outputs }: Resource): Properties {
  return Object.fromEntries(outputs.map((name) => [name, unknownValue]));
}

/** Outputs that may show a secret input. */
function secretOutputs({ outputs, outputsShowInputs }: Resource, secretInputs: Path[]): Path[] {
  return outputsShowInputs && secretInputs.length > 0 ? outputs.map((name) => [name]) : [];
}

function checkFailure({ path, reason }: CheckFailure): messages.CheckFailure {
  return new messages.CheckFailure().setProperty(path.join(".")).setReason(reason);
}
