import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { run } from "../../../../provider/shell/command.ts";
import { preluded } from "../../../support/preluded.ts";
import { hasLinuxShell } from "../../../support/realShell.ts";

const isRoot = process.getuid?.() === 0;
const content = "1,2\n";
const sha256 = createHash("sha256").update(content).digest("hex");
const manifest = `${sha256}\t0444\t${content.length}\t2024.csv\n`;

/** A data set of one file, and beside it ada's home, which is hers alone. */
function shelf() {
  const { at, type } = preluded();
  for (const one of ["opt", "prices", "ada", "ada/deep"]) mkdirSync(at(one), { mode: 0o700 });
  chmodSync(at("prices"), 0o777);
  const begin = [`opt=${run(at("opt"))}`, `cd ${run(at("prices"))}`];
  const prepare = run("prepare_folder", "prices", at("prices"), "root:root", "0555", "yes", manifest);
  const arrive = `printf %s ${run(content)} > .minirack.incoming/${sha256}.0`;
  const refused = async () =>
    (await type(...begin, `{ (${prepare}) || true; } 2>&1`)).replaceAll(at(), "").trim();
  const up = async () => await type(...begin, prepare, arrive, "place_folder prices");
  const shown = async () => await type(...begin, "show_folder prices | grep drift || true");
  const adas = () => ["ada", "ada/deep"].map((one) => statSync(at(one)).mode & 0o777);
  return { at, refused, up, shown, adas };
}

/** Rows of `x`, a folder, then of ada's home and what is in it. */
const forged = (home: string) => `prices/x\td\n${home}/deep`;

test.runIf(hasLinuxShell && isRoot)(
  "a folder whose name reads like the row of another path is refused where a data set is to be",
  async () => {
    const { at, refused, adas } = shelf();
    mkdirSync(at(forged(at("ada"))), { recursive: true });
    expect(await refused()).toBe(
      "expected nothing of somebody else in /prices, got \\a name with tab, newline or backslash; move it away or choose another path",
    );
    expect(adas()).toEqual([0o700, 0o700]);
  },
);

test.runIf(hasLinuxShell && isRoot)(
  "what is called so later is drift, and moved aside with all below it, as is a link to such a name",
  async () => {
    const { at, up, shown, adas } = shelf();
    await up();
    mkdirSync(at(forged(at("ada"))), { recursive: true });
    mkdirSync(at("prices/sub"));
    symlinkSync(`a\n${at("ada")}\td`, at("prices/sub/link"));
    mkdirSync(at("prices/back\\slash"));
    const drift = await shown();
    expect(drift).toContain("prices\tdrift\textra\t\\a name with tab, newline or backslash\n");
    expect(drift).toContain("prices\tdrift\textra\tsub/\\a name with tab, newline or backslash\n");
    expect(drift).not.toContain(at("ada"));
    await up();
    expect(adas()).toEqual([0o700, 0o700]);
    expect(readdirSync(at("prices"))).toEqual(["2024.csv", "sub"]);
    expect(readdirSync(at("prices.extra")).sort()).toEqual(["back\\slash", "sub", "x\td\n"]);
    expect(readdirSync(at("prices.extra/sub"))).toEqual(["link"]);
    expect(existsSync(at("ada/deep"))).toBe(true);
    expect(await shown()).toBe("");
  },
);
