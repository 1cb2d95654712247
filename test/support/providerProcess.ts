import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { root } from "../../scripts/lab/labStack.ts";
import { resourceCalls } from "./labNodeProvider.ts";
import { engineCalls } from "./servedProvider.ts";

/** Our provider as a process of its own, as an engine starts it; two of them are two controllers. */
export async function providerProcess(stack: string) {
  const child = spawn(join(root, "provider", "pulumi-resource-minirack"), {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [port] = await once(child.stdout, "data");
  const credentials = grpc.credentials.createInsecure();
  const client = new providerService.ResourceProviderClient(`127.0.0.1:${String(port).trim()}`, credentials);
  const close = async () => {
    client.close();
    const end = once(child, "exit");
    child.kill();
    await end;
  };
  return { ...resourceCalls(engineCalls(client), stack), close };
}
