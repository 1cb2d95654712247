import messages from "@pulumi/pulumi/proto/language_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { describe, expect, it } from "vitest";
import { nodeArguments } from "../../offline/nodeArguments.ts";

function argumentsFor(options: Parameters<typeof struct.Struct.fromJavaScript>[0], isPreview: boolean) {
  const info = new messages.ProgramInfo()
    .setProgramDirectory("/project")
    .setEntryPoint("index.ts")
    .setOptions(struct.Struct.fromJavaScript(options));
  const request = new messages.RunRequest()
    .setMonitorAddress("127.0.0.1:1")
    .setProject("minirack")
    .setStack("dev")
    .setParallel(256)
    .setDryrun(isPreview);
  return nodeArguments(request, info, "/sdk/run.js", "127.0.0.1:2");
}

describe("the language host's arguments", () => {
  const options = { typescript: false, nodeargs: "--import=tsx --enable-source-maps" };

  it("puts node's own before the runner, and the entry point last", () => {
    const expected =
      "--import=tsx --enable-source-maps /sdk/run.js --monitor 127.0.0.1:1 --engine 127.0.0.1:2";
    const rest = "--project minirack --stack dev --pwd /project --parallel 256 index.ts";
    expect(argumentsFor(options, false).join(" ")).toBe(`${expected} ${rest}`);
  });

  it("says that a preview is one", () => {
    expect(argumentsFor(options, true).slice(-2)).toEqual(["--dry-run", "index.ts"]);
  });

  it("refuses what it does not implement by name", () => {
    expect(() => argumentsFor({}, false)).toThrow(/Pulumi.yaml: runtime.options.*typescript: false/s);
    expect(() => argumentsFor({ ...options, tsconfig: "x" }, false)).toThrow(/tsconfig/);
  });
});
