import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quote, run } from "../../../provider/shell/command.ts";
import { docker } from "./engine.ts";

/** A password of a registry that is there for a moment. */
export interface Login {
  /** `127.0.0.1:PORT`, as image names begin. */
  address: string;
  password: string;
}

const user = "minirack";

/** What HTTP calls it. */
export function basicAuthorization(password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function configText({ address, password }: Login): string {
  const auth = Buffer.from(`${user}:${password}`).toString("base64");
  return JSON.stringify({ auths: { [address]: { auth } } });
}

const endpoint = ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"];

/**
 * Calls Docker's client here with a password that is in no list of arguments and not kept: in a folder of its own, beside which
 * the user's own configuration is asked for the engine alone.
 */
export async function dockerWith<Result>(
  login: Login,
  work: (options: string[]) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "minirack-docker-"));
  try {
    writeFileSync(join(folder, "config.json"), configText(login), { mode: 0o600 });
    const plugins = join(
      process.env.DOCKER_CONFIG ?? join(process.env.HOME ?? "/", ".docker"),
      "cli-plugins",
    );
    if (existsSync(plugins)) symlinkSync(plugins, join(folder, "cli-plugins"));
    return await work(["--config", folder, "--host", await docker(endpoint)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** sh that does the same on a node, for what follows in that script: `"$@"` is Docker's client with its options. */
export function dockerWithScript(login: Login): string {
  return [
    "umask 077",
    "config=$(mktemp -d); trap 'rm -rf \"$config\"' EXIT",
    `printf '%s' ${quote(configText(login))} > "$config/config.json"`,
    `set -- docker --config "$config" --host "$(${run("docker", ...endpoint)})"`,
  ].join("\n");
}
