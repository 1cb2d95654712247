import grpc from "@grpc/grpc-js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { execa } from "execa";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { close } from "../../provider/server/properties.ts";

/** A property bag as the engine sends it. */
export type Bag = Record<string, struct.JavaScriptValue>;
export const toStruct = (bag: Bag) => struct.Struct.fromJavaScript(bag);
export const fromStruct = (bag?: struct.Struct): Bag => bag?.toJavaScript() ?? {};
export const secret = (value: string) => close({ value }, [["value"]]).value ?? null;

/** Starts one of offline/'s plugins from its source and connects to it, as the engine does. */
export async function startStandIn(file: string) {
  const plugin = execa(process.execPath, ["--import=tsx", `offline/${file}`], { stderr: "inherit" });
  const [port] = await Promise.race([
    new Promise<string[]>((resolve) =>
      plugin.stdout.once("data", (data) => resolve(String(data).split("\n"))),
    ),
    plugin.then(() => Promise.reject(new Error(`${file} ended before it told its port`))),
  ]);
  const client = new providerService.ResourceProviderClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
  );
  const stop = async () => {
    client.close();
    plugin.kill();
    await plugin.catch(() => undefined);
  };
  return { client, stop };
}

/** One call as a promise. */
export function ask<Response>(
  call: (reply: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}
