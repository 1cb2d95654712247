import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { unknownValue as unknown } from "../../provider/server/properties.ts";
import { ask, type Bag, startStandIn, toStruct } from "./standIn.ts";

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
  restart: "unless-stopped",
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

it("names what is missing, in previews too", async () => {
  const urn = "urn:pulumi:lab::minirack::docker:index/network:Network::link";
  const request = new messages.CreateRequest().setUrn(urn).setPreview(true);
  request.setProperties(toStruct({ internal: true }));
  const made = ask<messages.CreateResponse>((reply) => standIn.client.create(request, reply));
  await expect(made).rejects.toThrow(/name: .*docker:index\/network:Network/);
});

it("refuses other resource types by name", async () => {
  await expect(refused("docker:index/volume:Volume", {})).rejects.toThrow(
    "docker:index/volume:Volume is not implemented",
  );
});

it("replaces a container for any change but one in its running or its restarts, the old one first", async () => {
  const urn = "urn:pulumi:lab::minirack::docker:index/container:Container::mini1";
  const request = new messages.DiffRequest().setUrn(urn);
  request.setOldInputs(toStruct({ ...container, mustRun: false, restart: "no", image: "a" }));
  request.setNews(toStruct({ ...container, restart: "unless-stopped", image: "b" }));
  const diff = await ask<messages.DiffResponse>((reply) => standIn.client.diff(request, reply));
  expect(diff.getDiffsList().sort()).toEqual(["image", "mustRun", "restart"]);
  expect(diff.getReplacesList()).toEqual(["image"]);
  expect(diff.getDeletebeforereplace()).toBe(true);
});
