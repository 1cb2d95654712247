import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { downloadedPulumi } from "./downloadedPulumi.ts";
import { officialPlugins } from "./officialPlugins.ts";
import { type PulumiChoice, rememberChoice, rememberedChoice } from "./pulumiChoice.ts";
import { pulumiOnPath } from "./pulumiOnPath.ts";

interface Choosing {
  stateDir: string;
  say: (text: string) => void;
  /** Whether programs in YAML are to run too; the official Pulumi brings what that needs. */
  yaml?: boolean | undefined;
}

/** The Pulumi home of the offline build, apart from the user's. */
export const offlineHome = (stateDir: string): string => join(stateDir, "pulumi");

/**
 * Decides which Pulumi this clone uses: the user's own, else the npm package's download, else the offline build. The choice is
 * remembered; while it still works nothing is tried again.
 * @throws when none can be had, with what was tried and what to install
 */
export async function choosePulumi({ stateDir, say, yaml }: Choosing): Promise<PulumiChoice> {
  const remembered = rememberedChoice(stateDir);
  if (remembered?.from === "offline") return offline({ stateDir, say, yaml }, []);
  if (remembered && existsSync(remembered.cli)) return remembered;
  const reasons: string[] = [];
  const isOurHome = process.env.PULUMI_HOME === offlineHome(stateDir);
  const official = [
    { from: "path", find: () => pulumiOnPath() },
    { from: "npm", find: () => downloadedPulumi(say, isOurHome) },
  ] as const;
  for (const { from, find } of official) {
    const found = await find();
    const reason = "reason" in found ? found.reason : await officialPlugins(found.cli, say);
    if (!reason && "cli" in found) {
      rememberChoice(stateDir, { from, cli: found.cli });
      return { from, cli: found.cli };
    }
    reasons.push(`${reason}`);
  }
  return offline({ stateDir, say, yaml }, reasons);
}

async function offline({ stateDir, say, yaml = false }: Choosing, reasons: string[]): Promise<PulumiChoice> {
  const { buildOffline } = await offlineBuild(reasons);
  const pulumiHome = offlineHome(stateDir);
  const own = process.env.PULUMI_HOME;
  if (own && resolve(own) !== resolve(pulumiHome)) {
    throw new Error(
      `Pulumi: expected its official download, found: ${reasons.join("; ")}. The offline build goes only into a home of ` +
        `its own (${pulumiHome}), but PULUMI_HOME is ${own}: unset PULUMI_HOME, or install Pulumi there.`,
    );
  }
  if (reasons.length > 0) say(`uses the offline build of Pulumi: ${reasons.join("; ")}`);
  await buildOffline({ pulumiHome, say, yaml });
  const cli = join(pulumiHome, "versions", "3.259.0", "bin", "pulumi");
  const choice: PulumiChoice = { from: "offline", cli };
  if (rememberedChoice(stateDir)?.cli !== cli) rememberChoice(stateDir, choice);
  return choice;
}

/** `offline/` is in a clone alone. */
async function offlineBuild(reasons: string[]) {
  if (existsSync(join(import.meta.dirname, "../../offline"))) return await import("../../offline/build.ts");
  throw new Error(
    `Pulumi: expected its official download, found: ${reasons.join("; ")}. Let this computer reach get.pulumi.com, or install ` +
      "Pulumi with its Node language host (https://www.pulumi.com/docs/install/)",
  );
}
