import * as pulumi from "@pulumi/pulumi";
import messages from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor, type MockResourceArgs } from "@pulumi/pulumi/runtime/mocks.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { vi } from "vitest";

/** A resource as the program asked for it. */
export interface Registered {
  type: string;
  name: string;
  parent: string;
  dependsOn: string[];
  /** Names under which it may be in the state as well. */
  aliases: string[];
  inputs: Record<string, unknown>;
  /** Inputs as they go to the engine: secrets wrapped. */
  wrapped: Record<string, unknown>;
}

const linkFigure = {
  gbps: 9.4,
  roundTripMs: 0.2,
  interface: "eth1",
  way: "eth1 172.31.0.11 - eth1 172.31.0.12",
};

/** The engine's answer to what the provider would compute. */
function computed({ type, name, inputs }: MockResourceArgs): Record<string, unknown> {
  const node = String(inputs.node);
  if (type === "minirack:node:HostKey") return { hostKey: `ssh-ed25519 AAAAhost-${node}` };
  if (type === "minirack:cluster:Key") return { publicKey: `ssh-ed25519 AAAAcluster ${inputs.comment}` };
  if (type === "minirack:cluster:Links") return { measured: { mini1: { mini2: linkFigure } } };
  if (type !== "minirack:node:SshAccess") return {};
  return { nodePublicKey: `ssh-ed25519 AAAA${name} minirack-${node}`, sshdPort: 22 };
}

function registered(request: messages.RegisterResourceRequest): Registered {
  const object = request.getObject() ?? new struct.Struct();
  return {
    type: request.getType(),
    name: request.getName(),
    parent: nameOf(request.getParent()),
    dependsOn: request.getDependenciesList().map(nameOf).sort(),
    aliases: request.getAliasesList().flatMap((alias) => alias.getSpec()?.getName() || []),
    inputs: pulumi.runtime.deserializeProperties(object),
    wrapped: object.toJavaScript(),
  };
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

/**
 * Runs a program without an engine, and returns what it asked for, by name.
 * @param failing resources that cannot be made
 */
export async function recordedProgram<Result>(program: () => Result, failing: string[] = []) {
  const mocks = {
    newResource: (args: MockResourceArgs) => ({
      id: `${args.name}-id`,
      state: { ...args.inputs, ...computed(args) },
    }),
    call: () => ({}),
  };
  const register = MockMonitor.prototype.registerResource;
  const asked = vi.spyOn(MockMonitor.prototype, "registerResource");
  asked.mockImplementation(function (this: MockMonitor, request: messages.RegisterResourceRequest, callback) {
    return register.call(this, request, (error, response?: messages.RegisterResourceResponse) => {
      if (failing.includes(request.getName())) response?.setResult(messages.Result.FAIL);
      callback(error, response);
    });
  });
  await pulumi.runtime.setMocks(mocks, "minirack", "dev");
  const result = program();
  await pulumi.runtime.disconnect();
  const resources = asked.mock.calls.map(([request]) => registered(request));
  asked.mockRestore();
  return { resources: new Map(resources.map((one) => [one.name, one])), result };
}
