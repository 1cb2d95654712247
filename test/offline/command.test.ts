import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bag, fromStruct, secret, toStruct, unknown } from "../../offline/propertyBag.ts";
import { ask, startStandIn } from "./standIn.ts";

const urn = (token: string) => `urn:pulumi:dev::project::parent:Type$${token}::greeting`;
const local = urn("command:local:Command");
let standIn: Awaited<ReturnType<typeof startStandIn>>;

beforeAll(async () => {
  standIn = await startStandIn("command.ts");
});
afterAll(() => standIn.stop());

function check(inputs: Bag, of = local) {
  const request = new messages.CheckRequest().setUrn(of).setNews(toStruct(inputs));
  return ask<messages.CheckResponse>((reply) => standIn.client.check(request, reply));
}

async function create(inputs: Bag, isPreview = false) {
  const request = new messages.CreateRequest()
    .setUrn(local)
    .setProperties(toStruct(inputs))
    .setPreview(isPreview);
  const made = await ask<messages.CreateResponse>((reply) => standIn.client.create(request, reply));
  return { id: made.getId(), state: fromStruct(made.getProperties()) };
}

async function diff(old: Bag, wanted: Bag) {
  const request = new messages.DiffRequest()
    .setUrn(local)
    .setOldInputs(toStruct(old))
    .setNews(toStruct(wanted));
  const found = await ask<messages.DiffResponse>((reply) => standIn.client.diff(request, reply));
  return { changed: found.getDiffsList(), replaced: found.getReplacesList() };
}

describe("what the command stand-in does not implement", () => {
  it("refuses a property by its name", async () => {
    const failures = (await check({ create: "true", archivePaths: ["a"] })).getFailuresList();
    expect(failures.map((failure) => [failure.getProperty(), failure.getReason()])).toEqual([
      [
        "archivePaths",
        "command:local:Command: archivePaths is not implemented by the offline stand-in; use the official plugin",
      ],
    ]);
  });

  it("refuses it beside values that are still unknown", async () => {
    const failures = (
      await check({ create: unknown, environment: unknown, logging: "none" })
    ).getFailuresList();
    expect(failures.map((failure) => failure.getProperty())).toEqual(["logging"]);
  });

  it("refuses a resource type by its name", async () => {
    const refused = check({}, urn("command:local:run"));
    await expect(refused).rejects.toThrow("command:local:run is not implemented by the offline stand-in");
  });

  it("refuses a method of the protocol by its name", async () => {
    const refused = ask((reply) => standIn.client.getSchema(new messages.GetSchemaRequest(), reply));
    await expect(refused).rejects.toThrow(/UNIMPLEMENTED.*getSchema/i);
  });
});

describe("local.Command", () => {
  it("runs create with its environment and stdin, and gives its output", async () => {
    const { id, state } = await create({
      create: "echo $WHO; cat",
      environment: { WHO: "mini1" },
      stdin: "in",
    });
    expect(id).toMatch(/^greeting[0-9a-f]{8}$/);
    expect(state).toMatchObject({ stdout: "mini1\nin", stderr: "" });
  });

  it("keeps secrets wrapped, and what may show them too", async () => {
    const hidden = secret("s3cret");
    const { state } = await create({ create: "echo $PASSWORD", environment: { PASSWORD: hidden } });
    expect(state.environment).toEqual({ PASSWORD: hidden });
    expect(state.stdout).toEqual(secret("s3cret"));
  });

  it("runs nothing in a preview", async () => {
    const { id, state } = await create({ create: "exit 1" }, true);
    expect({ id, stdout: state.stdout }).toEqual({ id: "", stdout: unknown });
  });

  it("says what failed, and how", async () => {
    await expect(create({ create: "echo why >&2; exit 3" })).rejects.toThrow(
      /exit status 3: running "echo why.*why/s,
    );
  });

  it("is replaced by new triggers and updated by all else", async () => {
    const old = { create: "a", triggers: [1] };
    expect(await diff(old, { create: "b", triggers: [1] })).toEqual({ changed: ["create"], replaced: [] });
    expect(await diff(old, { create: "a", triggers: [2] })).toEqual({
      changed: ["triggers"],
      replaced: ["triggers"],
    });
    expect(await diff({ create: secret("a"), triggers: [1] }, old)).toEqual({ changed: [], replaced: [] });
  });

  it("takes no notice of what the official plugin filled in itself", async () => {
    const found = await diff({ create: "a", attach: false, __defaults: ["attach"] }, { create: "a" });
    expect(found.changed).toEqual([]);
  });
});
