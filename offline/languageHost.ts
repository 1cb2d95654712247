import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import service from "@pulumi/pulumi/proto/language_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import { execa } from "execa";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { z } from "zod";
import { answer, joinEngine, listen } from "../provider/server/grpcServer.ts";
import { nodeArguments } from "./nodeArguments.ts";

const packageJson = z.object({
  version: z.string().default(""),
  dependencies: z.record(z.string(), z.string()).default({}),
  pulumi: z.object({ resource: z.boolean().optional(), name: z.string().optional() }).optional(),
});
const bail = 32; // what the SDK's runner exits with when it has told the user already
let engineAddress = "";
let stop = new AbortController();

/** The program's direct dependencies as installed; those that are missing are left to the program to miss. */
function dependencies(directory: string) {
  const read = (file: string) => packageJson.parse(JSON.parse(readFileSync(file, "utf8")));
  return Object.keys(read(join(directory, "package.json")).dependencies).flatMap((name) => {
    try {
      return [{ name, ...read(join(directory, "node_modules", name, "package.json")) }];
    } catch {
      return [];
    }
  });
}

async function runProgram(request: messages.RunRequest) {
  const info = request.getInfo() ?? new messages.ProgramInfo();
  const directory = info.getProgramDirectory();
  const runner = createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run/index.js");
  stop = new AbortController();
  const result = await execa(process.execPath, nodeArguments(request, info, runner, engineAddress), {
    cwd: directory,
    env: {
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
    stdio: ["ignore", "inherit", "inherit"],
    cancelSignal: stop.signal,
    reject: false,
  });
  const response = new messages.RunResponse();
  if (result.exitCode === bail) response.setBail(true);
  else if (result.failed) response.setError(`program ${info.getEntryPoint()}: ${result.shortMessage}`);
  return response;
}

const handlers = {
  handshake: answer(async (request: messages.LanguageHandshakeRequest) => {
    engineAddress = request.getEngineAddress();
    return new messages.LanguageHandshakeResponse();
  }),
  getPluginInfo: answer(async () => new pluginMessages.PluginInfo().setVersion("3.259.0")),
  getRequiredPackages: answer(async (request: messages.GetRequiredPackagesRequest) => {
    const found = dependencies(request.getInfo()?.getProgramDirectory() ?? ".");
    const packages = found.flatMap(({ name, version, pulumi }) => {
      if (!pulumi?.resource) return [];
      const plugin = new pluginMessages.PackageDependency().setName(pulumi.name ?? name).setKind("resource");
      return [plugin.setVersion(version)];
    });
    return new messages.GetRequiredPackagesResponse().setPackagesList(packages);
  }),
  run: answer(runProgram),
  about: answer(async () =>
    new messages.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
  ),
  cancel: answer(async () => {
    stop.abort();
    return new empty.Empty();
  }),
};

listen(service.LanguageRuntimeService, handlers).then(({ port }) => joinEngine(port));
