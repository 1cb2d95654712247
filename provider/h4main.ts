import { importedInputs } from "./importedInputs.ts";
import { resourceTable } from "./provider.ts";
import { warnThrough } from "./server/engineLog.ts";
import { joinEngine } from "./server/grpcServer.ts";
import { serve } from "./server/serve.ts";
import { closePool } from "./transport/pool.ts";

const configuration = new Map<string, string>();

const engineAddress = process.argv[2];
if (engineAddress !== undefined) warnThrough(engineAddress);

const version = "0.1.0";
const started = serve({
  version,
  schema: { name: "minirack", version },
  table: resourceTable((id, identity) => importedInputs(id, identity, configuration)),
  configure: (variables) => {
    for (const [key, value] of variables) configuration.set(key, value);
  },
  cancel: () => closePool({ forGood: true }),
});
void started.then(({ port }) => joinEngine(port));
