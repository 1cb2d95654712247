import { importedInputs } from "./importedInputs.ts";
import { resourceTable } from "./provider.ts";
import { endWithEngine } from "./server/endWithEngine.ts";
import { serve } from "./server/serve.ts";
import { closePool } from "./transport/pool.ts";

const configuration = new Map<string, string>();

const { port } = await serve({
  version: "0.1.0",
  table: resourceTable((id, identity) => importedInputs(id, identity, configuration)),
  configure: (variables) => {
    for (const [key, value] of variables) configuration.set(key, value);
  },
  cancel: () => closePool({ forGood: true }),
});
endWithEngine();
console.log(port);
