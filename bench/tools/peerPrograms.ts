import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { createEnvironment } from "../../scripts/python/createEnvironment.ts";
import { userCache } from "../../scripts/userCache.ts";

const requirements = new URL("../peers/requirements.txt", import.meta.url).pathname;

/** The folder of the peers' programs, in the user's cache: made at first use, one for each content of the requirements. */
export async function peerPrograms(): Promise<string> {
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 16);
  const folder = join(userCache("bench"), hash);
  const mark = join(folder, "complete"); // a first use that was stopped is begun anew
  if (existsSync(mark)) return join(folder, "bin");
  console.error("installing pyinfra and Ansible into an environment of their own: minutes, once");
  await createEnvironment(folder);
  await execa(join(folder, "bin", "python"), ["-m", "pip", "install", "--quiet", "-r", requirements]);
  await writeFile(mark, "");
  return join(folder, "bin");
}
