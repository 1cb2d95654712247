import { readFileSync } from "node:fs";
import { prelude } from "../../provider/shell/prelude.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { lastLines, NodeError } from "../../provider/transport/nodeError.ts";
import { lockHeld, type Script } from "../../provider/transport/nodeSession.ts";
import { pooledNode } from "../../provider/transport/pool.ts";
import { rebootReason } from "../nodes/rebootReason.ts";

/** A package whose version changed; `from` is undefined where it is new. */
export interface UpgradedPackage {
  name: string;
  from: string | undefined;
  to: string;
}

/** What became of a node's packages, or would become in a dry run. */
export interface Upgrade {
  upgraded: UpgradedPackage[];
  /** Packages that apt would only upgrade by removing others, or that somebody holds. */
  keptBack: string[];
  /** Why a reboot is due; undefined where none is. */
  rebootReason: string | undefined;
}

const work = readFileSync(new URL("upgrade.sh", import.meta.url), "utf8");
const timeoutSeconds = 3600;

/**
 * `apt-get update` and `upgrade` on a node, as a transaction of its own that outlives us. Removes no package, starts no
 * reboot.
 * @param isDry only tells what would be upgraded
 * @param say gets what is being done at the moment
 * @throws NodeError with apt's last words
 */
export async function upgradeNode(
  target: Target,
  isDry: boolean,
  say: (line: string) => void,
): Promise<Upgrade> {
  const onLine = (line: string) => {
    const doing = progressOf(line);
    if (doing !== undefined) say(doing);
  };
  const script = { ...(isDry ? dryScript : wetScript), timeoutSeconds, onLine };
  const { code, stdout, stderr } = await pooledNode(target).session.run(script);
  if (code === 75) throw lockHeld(target.name, "apt", timeoutSeconds);
  const upgrade = code === 0 ? parseUpgrade(stdout) : undefined;
  if (upgrade !== undefined) return upgrade;
  throw new NodeError({
    node: target.name,
    subject: "upgrade",
    expected: "apt to succeed",
    found: `exit code ${code}: ${aptSaid(stderr)}`,
    remedy: "mend what the lines above say, then run the command again: it goes on where it stopped",
  });
}

/** Its errors, where it has marked some; what it did before them otherwise. */
function aptSaid(stderr: string): string {
  const marked = stderr.split("\n").filter((line) => line.startsWith("E: "));
  return marked.length > 0 ? marked.join("\n") : lastLines(stderr, 6);
}

const own = "9<&-"; // who holds the lifeline's end keeps the script waiting
const wetScript: Script = {
  text: `${prelude}\n${rebootReason}\n${work}\nmain() {\nhold_lifeline\n{ upgrade_node\nlooked\n} ${own}\n}\nmain 9<&0 </dev/null; exit\n`,
  asRoot: true,
  lock: "apt",
  holdsStdin: true,
};
const dryScript: Script = {
  text: `set -eu\nexport LC_ALL=C\n${rebootReason}\n${work}\nmain() {\nlook_for_upgrades\n}\nmain </dev/null\n`,
};

function progressOf(line: string): string | undefined {
  const [name, value] = line.split("\t");
  if (name === "step") return value;
  return name === "setUp" ? `sets up ${value}` : undefined;
}

/** Undefined when the answer did not come to its end. */
export function parseUpgrade(answer: string): Upgrade | undefined {
  const rows = answer.split("\n").map((line) => line.split("\t"));
  const of = (name: string) => rows.filter(([one]) => one === name);
  if (of("end").length === 0) return undefined;
  return {
    upgraded: of("upgraded").map(([, name = "", from = "", to = ""]) => ({
      name,
      from: from || undefined,
      to,
    })),
    keptBack: of("keptBack").map(([, name = ""]) => name),
    rebootReason: of("reboot")[0]?.[1] || undefined,
  };
}
