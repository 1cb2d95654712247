import { loadCluster } from "../../config/cluster.ts";
import { ConfigError } from "../../config/configError.ts";

/** Why a cluster file is refused; nothing where it loads. A stack with the secret `known` asks for it. */
export function refusalOf(file: string): ConfigError | undefined {
  try {
    loadCluster(file, "dev", { hasConfig: (secret) => secret === "known" });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  return undefined;
}
