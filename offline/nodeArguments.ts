import type messages from "@pulumi/pulumi/proto/language_pb.js";
import { z } from "zod";

const optionsSchema = z.strictObject({
  typescript: z.literal(false, "only `typescript: false` is implemented"),
  nodeargs: z.string().default(""),
  packagemanager: z.string().optional(),
});

/**
 * Arguments of the node process that runs the program, as the official language host makes them.
 * @throws when Pulumi.yaml's `runtime.options` hold what this stand-in does not implement
 */
export function nodeArguments(
  request: messages.RunRequest,
  info: messages.ProgramInfo,
  runner: string,
  engineAddress: string,
): string[] {
  const options = optionsSchema.safeParse(info.getOptions()?.toJavaScript() ?? {});
  if (!options.success) {
    throw new Error(`Pulumi.yaml: runtime.options: offline language host: ${z.prettifyError(options.error)}`);
  }
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    pwd: info.getProgramDirectory(),
    parallel: String(request.getParallel()),
  };
  return [
    ...options.data.nodeargs.split(/\s+/).filter(Boolean),
    runner,
    ...Object.entries(flags).flatMap(([flag, value]) => (value ? [`--${flag}`, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
}
