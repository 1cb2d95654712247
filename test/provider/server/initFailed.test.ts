import grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Properties, Resource } from "../../../provider/resource.ts";
import { PartlyDone } from "../../../provider/server/partlyDone.ts";
import { close } from "../../../provider/server/properties.ts";
import { registerSecret } from "../../../provider/transport/redact.ts";
import { failureOf } from "../../support/failureOf.ts";
import { servedProvider, urn } from "../../support/servedProvider.ts";

const bag = (properties: Properties) => struct.Struct.fromJavaScript(properties);
const withMetadata = z.object({
  code: z.number(),
  details: z.string(),
  metadata: z.instanceof(grpc.Metadata),
});
const reasons = ["node mini1: link to mini2: no", "node mini1: link to mini3: opensesame"];

/** What the engine is told beside an error's text. */
async function told(call: Promise<unknown>) {
  const { code, details, metadata } = withMetadata.parse(await failureOf(call));
  const [bytes] = metadata.get("grpc-status-details-bin");
  if (!(bytes instanceof Buffer)) throw new Error("expected details of the error, got none");
  const [detail] = statuses.Status.deserializeBinary(bytes).getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(
    detail?.getValue_asU8() ?? new Uint8Array(),
  );
  const state = failed.getProperties()?.toJavaScript();
  return {
    code,
    details,
    type: detail?.getTypeName(),
    id: failed.getId(),
    reasons: failed.getReasonsList(),
    state,
  };
}

describe("a resource that is there in part", () => {
  registerSecret("opensesame");
  const partly = (inputs: Properties) =>
    Promise.reject(new PartlyDone({ id: "links", state: { ...inputs, made: 1 }, reasons }));
  const resource: Partial<Resource> = { create: partly, update: (_id, { to }) => partly(to) };
  const secret = close({ password: "hunter2" }, [["password"]]);
  const expected = {
    code: grpc.status.UNKNOWN,
    details: "node mini1: link to mini2: no\nnode mini1: link to mini3: [secret]",
    type: "pulumirpc.ErrorResourceInitFailed",
    id: "links",
    reasons: ["node mini1: link to mini2: no", "node mini1: link to mini3: [secret]"],
    state: { ...secret, made: 1 },
  };

  test("is told with its state, secrets wrapped, by create", async () => {
    const { engine } = await servedProvider(resource);
    const request = new messages.CreateRequest().setUrn(urn).setProperties(bag(secret));
    expect(await told(engine.create(request))).toEqual(expected);
  });

  test("and by update", async () => {
    const { engine } = await servedProvider(resource);
    const request = new messages.UpdateRequest().setUrn(urn).setId("links").setNews(bag(secret));
    expect(await told(engine.update(request))).toEqual(expected);
  });
});
