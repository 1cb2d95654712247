import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bag, toStruct, unknown } from "../../offline/propertyBag.ts";
import { ask, startStandIn } from "./standIn.ts";

let standIn: Awaited<ReturnType<typeof startStandIn>>;
beforeAll(async () => {
  standIn = await startStandIn("docker.ts");
});
afterAll(() => standIn.stop());

async function refused(token: string, inputs: Bag): Promise<string[]> {
  const urn = `urn:pulumi:lab::minirack::${token}::mini1`;
  const request = new messages.CheckRequest().setUrn(urn).setNews(toStruct(inputs));
  const answer = await ask<messages.CheckResponse>((reply) => standIn.client.check(request, reply));
  return answer.getFailuresList().map((failure) => failure.getProperty());
}

const container = {
  name: "minirack-lab-mini1",
  hostname: "mini1",
  image: unknown,
  networksAdvanced: [{ name: "bridge" }, { name: unknown }],
  ports: [{ internal: 22, external: 2201, ip: "127.0.0.1" }],
  cgroupnsMode: "host",
  capabilities: { adds: ["CAP_SYS_ADMIN"] },
};

it("accepts the lab's containers, in previews too", async () => {
  expect(await refused("docker:index/container:Container", container)).toEqual([]);
});

it("refuses properties by name, nested ones with their path", async () => {
  const inputs = {
    ...container,
    privileged: true,
    ports: [{ internal: 22, external: 1, ip: "::", protocol: "udp" }],
  };
  expect(await refused("docker:index/container:Container", inputs)).toEqual([
    "ports.0.protocol",
    "privileged",
  ]);
});

it("names what is missing once all is known", async () => {
  expect(await refused("docker:index/network:Network", { internal: true })).toEqual(["name"]);
});

it("refuses other resource types by name", async () => {
  await expect(refused("docker:index/volume:Volume", {})).rejects.toThrow(
    "docker:index/volume:Volume is not implemented",
  );
});
