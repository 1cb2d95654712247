import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, test } from "vitest";
import { unknownValue } from "../../../provider/server/properties.ts";
import { registerSecret } from "../../../provider/transport/redact.ts";
import { failureOf } from "../../support/failureOf.ts";
import { servedProvider, urn } from "../../support/servedProvider.ts";

const { CheckRequest, CreateRequest, DiffRequest, ReadRequest, UpdateRequest, DeleteRequest } =
  providerMessages;
const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const bag = (value: Record<string, struct.JavaScriptValue>) => struct.Struct.fromJavaScript(value);

describe("check", () => {
  test("fills in defaults and tells what is wrong, property by property", async () => {
    const { engine } = await servedProvider();
    const request = new CheckRequest().setUrn(urn).setNews(bag({ size: -1 }));
    const response = await engine.check(request);
    expect(response.getFailuresList().map((one) => one.toObject())).toEqual([
      { property: "size", reason: "expected a size above 0" },
    ]);
    const fine = await engine.check(new CheckRequest().setUrn(urn).setNews(bag({})));
    expect(fine.getInputs()?.toJavaScript()).toEqual({ size: 1 });
  });

  test("lets pass what is not known yet, and keeps secrets wrapped", async () => {
    const { engine } = await servedProvider();
    const news = { size: unknownValue, password: secret("hunter2") };
    const response = await engine.check(new CheckRequest().setUrn(urn).setNews(bag(news)));
    expect(response.getFailuresList()).toEqual([]);
    expect(response.getInputs()?.toJavaScript()).toEqual(news);
  });
});

test("the provider's own configuration is not checked: with its answer the engine would log secrets unwrapped", async () => {
  const { engine } = await servedProvider();
  const news = bag({ sudoPassword: "hunter2" });
  const error = await failureOf(engine.checkConfig(new CheckRequest().setUrn(urn).setNews(news)));
  expect(error.message).toContain("UNIMPLEMENTED"); // then the engine goes on with what it has
});

describe("diff", () => {
  test("tells each property's kind of change", async () => {
    const { engine } = await servedProvider();
    const request = new DiffRequest().setUrn(urn);
    request.setOldInputs(bag({ size: 1, gone: "a", files: { "/a": "x" } }));
    request.setNews(bag({ size: 2, fresh: "b", files: { "/a": "y" } }));
    const response = await engine.diff(request);
    const { Kind } = providerMessages.PropertyDiff;
    const kinds = new Map<string, number>();
    response.getDetaileddiffMap().forEach((one, path) => void kinds.set(path, one.getKind()));
    expect(Object.fromEntries(kinds)).toEqual({
      size: Kind.UPDATE,
      gone: Kind.DELETE,
      fresh: Kind.ADD,
      'files["/a"]': Kind.UPDATE,
    });
    expect(response.getDiffsList().sort()).toEqual(["files", "fresh", "gone", "size"]);
    expect(response.getReplacesList()).toEqual([]);
  });

  test("says that nothing changed, a secret or not", async () => {
    const { engine } = await servedProvider();
    const request = new DiffRequest().setUrn(urn).setOldInputs(bag({ password: secret("a") }));
    const response = await engine.diff(request.setNews(bag({ password: "a" })));
    expect(response.getChanges()).toBe(providerMessages.DiffResponse.DiffChanges.DIFF_NONE);
  });
});

describe("create", () => {
  test("previewed touches nothing and leaves its outputs unknown", async () => {
    const { engine, calls } = await servedProvider();
    const request = new CreateRequest()
      .setUrn(urn)
      .setProperties(bag({ size: 2 }))
      .setPreview(true);
    const response = await engine.create(request);
    expect(response.getProperties()?.toJavaScript()).toEqual({ size: 2, path: unknownValue });
    expect(calls).toEqual([]);
  });

  test("returns id and state, secrets wrapped", async () => {
    const { engine } = await servedProvider();
    const properties = { size: 2, password: secret("hunter2"), connection: { sudoPassword: "plain" } };
    const response = await engine.create(new CreateRequest().setUrn(urn).setProperties(bag(properties)));
    expect(response.getId()).toBe("mini1/fake");
    expect(response.getProperties()?.toJavaScript()).toEqual({
      ...properties,
      connection: { sudoPassword: secret("plain") },
      path: "/made",
    });
  });

  test("that fails says why, without secrets", async () => {
    registerSecret("open sesame");
    const { engine } = await servedProvider({
      create: () => Promise.reject(new Error("node mini1: fake: expected x, got open sesame; stop")),
    });
    const error = await failureOf(engine.create(new CreateRequest().setUrn(urn).setProperties(bag({}))));
    expect(error.message).toBe("2 UNKNOWN: node mini1: fake: expected x, got [secret]; stop");
  });
});

describe("read", () => {
  test("of a thing that is gone has no id", async () => {
    const { engine } = await servedProvider({ read: async () => undefined });
    const request = new ReadRequest()
      .setUrn(urn)
      .setId("mini1/fake")
      .setInputs(bag({ size: 1 }));
    expect((await engine.read(request)).getId()).toBe("");
  });

  test("answers with state and inputs, secrets wrapped", async () => {
    const { engine } = await servedProvider();
    const request = new ReadRequest().setUrn(urn).setId("mini1/fake");
    request
      .setInputs(bag({ password: secret("hunter2") }))
      .setProperties(bag({ password: secret("hunter2"), path: "/made" }));
    const response = await engine.read(request);
    expect(response.getInputs()?.toJavaScript()).toEqual({ password: secret("hunter2"), size: 7 });
    expect(response.getProperties()?.toJavaScript()).toEqual({
      password: secret("hunter2"),
      path: "/made",
      size: 7,
    });
  });

  test("without inputs is an import", async () => {
    const { engine, calls } = await servedProvider();
    await engine.read(new ReadRequest().setUrn(urn).setId("mini1/fake"));
    expect(calls).toEqual([["read", "mini1/fake", undefined]]);
  });
});

describe("update and delete", () => {
  test("a previewed update touches nothing", async () => {
    const { engine, calls } = await servedProvider();
    const request = new UpdateRequest().setUrn(urn).setId("mini1/fake").setPreview(true);
    request.setOlds(bag({ size: 1, path: "/made" })).setNews(bag({ size: 2 }));
    const response = await engine.update(request);
    expect(response.getProperties()?.toJavaScript()).toEqual({ size: 2, path: "/made" });
    expect(calls).toEqual([]);
  });

  test("an update knows the inputs before and after", async () => {
    const { engine, calls } = await servedProvider();
    const request = new UpdateRequest().setUrn(urn).setId("mini1/fake");
    request
      .setOlds(bag({ size: 1 }))
      .setOldInputs(bag({ size: 1 }))
      .setNews(bag({ size: 2 }));
    await engine.update(request);
    expect(calls).toEqual([
      ["update", "mini1/fake", { from: { size: 1 }, to: { size: 2 }, state: { size: 1 } }],
    ]);
  });

  test("a delete is given the inputs", async () => {
    const { engine, calls } = await servedProvider();
    const request = new DeleteRequest()
      .setUrn(urn)
      .setId("mini1/fake")
      .setOldInputs(bag({ size: 2 }));
    await engine.delete(request);
    expect(calls).toEqual([["delete", "mini1/fake", { size: 2 }]]);
  });
});

describe("the provider", () => {
  test("refuses a token that it does not have, and names those it has", async () => {
    const { engine } = await servedProvider();
    const other = urn.replace("Fake", "Swop");
    const error = await failureOf(engine.check(new CheckRequest().setUrn(other)));
    expect(error.message).toBe(
      "2 UNKNOWN: expected one of minirack:node:Fake, got minirack:node:Swop; see docs/reference/resources.md",
    );
  });

  test("takes secrets and previews", async () => {
    const { engine } = await servedProvider();
    const response = await engine.configure(new providerMessages.ConfigureRequest());
    expect([response.getAcceptsecrets(), response.getSupportspreview()]).toEqual([true, true]);
  });

  // the engine's names have the package and "config" before them
  test("hands on the stack's configuration by the names that the user gave", async () => {
    const { engine, configuration } = await servedProvider();
    const request = new providerMessages.ConfigureRequest();
    request.getVariablesMap().set("minirack:config:clusterFile", "stacks/dev.yaml");
    await engine.configure(request);
    expect(Object.fromEntries(configuration)).toEqual({ clusterFile: "stacks/dev.yaml" });
  });

  test("is silent when it is cancelled with nothing in flight", async () => {
    const { engine, cancelled } = await servedProvider();
    expect((await engine.cancel(new empty.Empty())).toObject()).toEqual({});
    expect(cancelled()).toBe(1);
  });
});
