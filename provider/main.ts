import { importedInputs } from "./importedInputs.ts";
import { resourceTable } from "./provider.ts";
import schema from "./schema.json" with { type: "json" };
import { warnThrough } from "./server/engineLog.ts";
import { joinEngine } from "./server/grpcServer.ts";
import { serve } from "./server/serve.ts";
import { closePool } from "./transport/pool.ts";

const configuration = new Map<string, string>();

const engineAddress = process.argv[2];
if (engineAddress !== undefined) warnThrough(engineAddress);

const { port } = await serve({
  version: schema.version,
  schema,
  table: resourceTable((id, identity) => importedInputs(id, identity, configuration)),
  configure: (variables) => {
    for (const [key, value] of variables) configuration.set(key, value);
  },
  cancel: () => closePool({ forGood: true }),
});
joinEngine(port);
