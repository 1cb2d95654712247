import grpc from "@grpc/grpc-js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type messages from "@pulumi/pulumi/proto/provider_pb.js";
import type empty from "google-protobuf/google/protobuf/empty_pb.js";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { checkInputs } from "../../provider/checkInputs.ts";
import type { Resource } from "../../provider/resource.ts";
import { serve } from "../../provider/server/serve.ts";

export const urn = "urn:pulumi:dev::minirack::minirack:index:Node$minirack:node:Fake::mini1-fake";

/** What the server asked of a resource: call, id, what it was given. */
export type Called = [call: string, id: string, given: unknown];

const rule = z.looseObject({ size: z.number().positive("expected a size above 0").default(1) });

/** A resource without a node. */
export function fakeResource(calls: Called[]): Resource {
  return {
    outputs: ["path"],
    check: (inputs) => checkInputs(rule, inputs),
    async create(inputs) {
      calls.push(["create", "", inputs]);
      return { id: "mini1/fake", state: { ...inputs, path: "/made" } };
    },
    async read(id, inputs, state) {
      calls.push(["read", id, inputs]);
      return { id, inputs: { ...inputs, size: 7 }, state: { ...state, size: 7 } };
    },
    async update(id, change) {
      calls.push(["update", id, change]);
      return { ...change.state, ...change.to };
    },
    async delete(id, inputs) {
      calls.push(["delete", id, inputs]);
    },
  };
}

type Client = InstanceType<typeof providerService.ResourceProviderClient>;
type Done<Response> = (error: grpc.ServiceError | null, response: Response) => void;

function promised<Request, Response>(method: (request: Request, done: Done<Response>) => unknown) {
  return (request: Request) =>
    new Promise<Response>((resolve, reject) => {
      method(request, (error, response) => (error ? reject(error) : resolve(response)));
    });
}

/** The calls that the engine makes, as promises. */
export function engineCalls(client: Client) {
  return {
    check: promised((request: messages.CheckRequest, done: Done<messages.CheckResponse>) =>
      client.check(request, done),
    ),
    checkConfig: promised((request: messages.CheckRequest, done: Done<messages.CheckResponse>) =>
      client.checkConfig(request, done),
    ),
    diff: promised((request: messages.DiffRequest, done: Done<messages.DiffResponse>) =>
      client.diff(request, done),
    ),
    create: promised((request: messages.CreateRequest, done: Done<messages.CreateResponse>) =>
      client.create(request, done),
    ),
    read: promised((request: messages.ReadRequest, done: Done<messages.ReadResponse>) =>
      client.read(request, done),
    ),
    update: promised((request: messages.UpdateRequest, done: Done<messages.UpdateResponse>) =>
      client.update(request, done),
    ),
    delete: promised((request: messages.DeleteRequest, done: Done<empty.Empty>) =>
      client.delete(request, done),
    ),
    configure: promised((request: messages.ConfigureRequest, done: Done<messages.ConfigureResponse>) =>
      client.configure(request, done),
    ),
    cancel: promised((request: empty.Empty, done: Done<empty.Empty>) => client.cancel(request, done)),
  };
}

/** The provider over a real connection, with one resource of ours in its table. */
export async function servedProvider(overrides: Partial<Resource> = {}) {
  const calls: Called[] = [];
  const configuration = new Map<string, string>();
  let cancelled = 0;
  const { port, server } = await serve({
    version: "1.2.3",
    table: new Map([["minirack:node:Fake", { ...fakeResource(calls), ...overrides }]]),
    configure: (variables) => {
      for (const [key, value] of variables) configuration.set(key, value);
    },
    cancel: async () => {
      cancelled++;
    },
  });
  const client = new providerService.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
  );
  onTestFinished(() => {
    client.close();
    server.forceShutdown();
  });
  return { engine: engineCalls(client), calls, configuration, cancelled: () => cancelled };
}
