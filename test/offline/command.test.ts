import { readFileSync } from "node:fs";
import { join } from "node:path";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unknownValue as unknown } from "../../provider/server/properties.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { ask, type Bag, fromStruct, secret, startStandIn, toStruct } from "./standIn.ts";

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

  it("refuses an import", async () => {
    const request = new messages.ReadRequest().setUrn(local).setId("x");
    const refused = ask((reply) => standIn.client.read(request, reply));
    await expect(refused).rejects.toThrow("import of x is not implemented by the offline stand-in");
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

  it("does not know in an update's preview what it will print, and is given what it printed", async () => {
    const request = new messages.UpdateRequest().setUrn(local).setId("greeting1");
    request.setOlds(toStruct({ create: "echo a", stdout: "a" })).setOldInputs(toStruct({ create: "echo a" }));
    request.setNews(toStruct({ create: "echo $PULUMI_COMMAND_STDOUT b" }));
    const update = (isPreview: boolean) =>
      ask<messages.UpdateResponse>((reply) => standIn.client.update(request.setPreview(isPreview), reply));
    expect(fromStruct((await update(true)).getProperties())).toMatchObject({ stdout: unknown });
    expect(fromStruct((await update(false)).getProperties())).toMatchObject({ stdout: "a b" });
  });

  it("gives what it printed to delete", async () => {
    const file = join(temporaryFolder(), "deleted");
    const state = { delete: `echo $PULUMI_COMMAND_STDOUT >${file}`, stdout: "made" };
    const request = new messages.DeleteRequest().setUrn(local).setId("greeting1");
    request.setOldInputs(toStruct({ delete: state.delete })).setProperties(toStruct(state));
    await ask((reply) => standIn.client.delete(request, reply));
    expect(readFileSync(file, "utf8")).toBe("made\n");
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
