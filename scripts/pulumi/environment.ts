import { join } from "node:path";
import { backendEnvironment } from "./backend.ts";
import { offlineHome } from "./choosePulumi.ts";
import { rememberedChoice } from "./pulumiChoice.ts";
import { stateFolder } from "./stateFolder.ts";

/** What every command of this project wants of the engine. */
const wanted = {
  PULUMI_PARALLEL: "256", // a node's reads then arrive together and become one script
  PULUMI_CONTINUE_ON_ERROR: "true", // one node that is down fails alone
  PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true", // the salt of the state counts, not that of a tracked file
  PULUMI_SKIP_UPDATE_CHECK: "true",
};

/**
 * The environment in which `pulumi` runs for this clone: only the variables that the user has not set.
 * @param stateDir where the clone keeps what is its own; `ROOT/.minirack` unless a test says otherwise
 * @throws when no Pulumi was chosen yet
 */
export function pulumiEnvironment(
  root: string,
  stateDir: string = stateFolder(root),
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const choice = rememberedChoice(stateDir);
  if (!choice) throw new Error(`${root}: Pulumi is not prepared yet; run \`npm start\` first`);
  const home: Record<string, string> =
    choice.from === "offline" && !env.PULUMI_HOME ? { PULUMI_HOME: offlineHome(stateDir) } : {};
  const rest = Object.entries(wanted).filter(([name]) => env[name] === undefined);
  const compiled = env.NODE_COMPILE_CACHE === undefined && { NODE_COMPILE_CACHE: join(stateDir, "compiled") };
  return {
    ...home,
    ...backendEnvironment(stateDir, choice.from, env),
    ...Object.fromEntries(rest),
    ...compiled,
  };
}
