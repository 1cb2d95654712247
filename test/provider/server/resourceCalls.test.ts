import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { expect, test } from "vitest";
import { close, unknownValue } from "../../../provider/server/properties.ts";
import { servedProvider, urn } from "../../support/servedProvider.ts";

const { CheckRequest, CreateRequest, DeleteRequest, UpdateRequest } = providerMessages;
const bag = (value: Record<string, struct.JavaScriptValue>) => struct.Struct.fromJavaScript(value);
const hidden = (value: string) => close({ value }, [["value"]]).value ?? null;

test("outputs that may change are unknown in the preview of an update", async () => {
  const { engine } = await servedProvider({ outputsMayChange: true });
  const request = new UpdateRequest().setUrn(urn).setId("mini1/fake").setPreview(true);
  request.setOlds(bag({ size: 1, path: "/made" })).setNews(bag({ size: 2 }));
  const response = await engine.update(request);
  expect(response.getProperties()?.toJavaScript()).toEqual({ size: 2, path: unknownValue });
});

test("outputs that may show an input are secret where any input is", async () => {
  const { engine } = await servedProvider({ outputsShowInputs: true });
  const made = async (password: struct.JavaScriptValue) => {
    const request = new CreateRequest().setUrn(urn).setProperties(bag({ password }));
    return (await engine.create(request)).getProperties()?.toJavaScript();
  };
  expect(await made("plain")).toEqual({ password: "plain", path: "/made" });
  expect(await made(hidden("hunter2"))).toEqual({ password: hidden("hunter2"), path: hidden("/made") });
});

test("a delete is given the state too", async () => {
  const given: unknown[] = [];
  const { engine } = await servedProvider({
    delete: async (_id, inputs, _identity, state) => void given.push(inputs, state),
  });
  const request = new DeleteRequest().setUrn(urn).setOldInputs(bag({ size: 2 }));
  await engine.delete(request.setProperties(bag({ size: 2, path: "/made" })));
  expect(given).toEqual([{ size: 2 }, { size: 2, path: "/made" }]);
});

test("what is not known yet breaks no rule, in a list neither", async () => {
  const failures = ["sizes", "names"].map((name) => ({
    path: [name, "0", "id"],
    reason: "expected a number",
  }));
  const { engine } = await servedProvider({ check: (inputs) => ({ inputs, failures }) });
  const news = bag({ sizes: [{ id: unknownValue }], names: [{ id: "x" }] });
  const response = await engine.check(new CheckRequest().setUrn(urn).setNews(news));
  expect(response.getFailuresList().map((one) => one.getProperty())).toEqual(["names.0.id"]);
});
