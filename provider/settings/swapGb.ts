import { z } from "zod";
import { type Command, run } from "../shell/command.ts";
import { differing, setting } from "./setting.ts";

const gib = 2 ** 30;
/** What mkswap takes for itself: a page, which is 64 KiB on some processors. */
const pageKib = 64;

/** A swap file as it is: what of it is not as it must be is told in brackets. */
interface SwapFile {
  sizeGb: number;
  isOn: boolean;
  isAtBoot: boolean;
  mode: string;
}

/**
 * Swap files, in use now and at each boot. One that is both is told as its size in GiB, anything else with what is
 * wrong in brackets: `8 (off, not at boot)`. A file of another size that was there before us is an earlier state.
 */
export const swapGb = setting<number | string>({
  key: "swapGb",
  description: "swap files: absolute path → size in GiB, now and at each boot",
  entry: z.union([z.number().positive(), z.string().regex(/^[\d.]+ \(.+\)$/, "expected a size in GiB")]),
  linux: {
    read: (wanted) =>
      Object.keys(wanted)
        .map((path) => run("swap_show", path))
        .join("\n"),
    parse: (text, wanted) => {
      const rows = text.split("\n").map((line) => line.split("\t"));
      const entries = Object.keys(wanted).map((path) => [path, parseRow(rows.find(([one]) => one === path))]);
      return { entries: Object.fromEntries(entries) };
    },
    plan: (actual, wanted) =>
      differing(actual, wanted).flatMap((path) => {
        const [now, goal] = [actual[path] ?? null, wanted[path] ?? null];
        if (goal === null) return [run("swap_remove", path), run("swap_forget", path)];
        return planOne(path, swapFile(now ?? "0 (off, not at boot)"), swapFile(goal));
      }),
  },
});

/** The tolerance is here: the kernel's size counts where it is not the file's without a page. */
function parseRow(row: string[] | undefined): number | string | null {
  if (row === undefined) return null;
  const [path, facts = "", live, kept] = row;
  const [bytes = "", mode] = facts.split(" ");
  if (live === undefined || mode === undefined || !/^\d+$/.test(`${bytes}${live}`))
    throw new Error(
      `expected ${path} to be a swap file or not to be there, got a ${facts} that holds something else; choose another path`,
    );
  const liveKib = Number(live);
  const isWhole = Math.abs(Number(bytes) / 1024 - liveKib) <= pageKib;
  const sizeGb = liveKib > 0 && !isWhole ? (liveKib * 1024) / gib : Number(bytes) / gib;
  return told({ sizeGb, isOn: liveKib > 0, isAtBoot: kept === "kept", mode });
}

function told({ sizeGb, isOn, isAtBoot, mode }: SwapFile): number | string {
  const wrong = [
    ...(isOn ? [] : ["off"]),
    ...(isAtBoot ? [] : ["not at boot"]),
    ...(mode === "0600" ? [] : [`mode ${mode}`]),
  ];
  return wrong.length === 0 ? sizeGb : `${sizeGb} (${wrong.join(", ")})`;
}

function swapFile(entry: number | string): SwapFile {
  const [size = "", brackets = ""] = String(entry).split(" (");
  const wrong = brackets.replace(/\)$/, "").split(", ");
  const mode = wrong.find((one) => one.startsWith("mode "))?.slice("mode ".length) ?? "0600";
  return {
    sizeGb: Number(size),
    isOn: !wrong.includes("off"),
    isAtBoot: !wrong.includes("not at boot"),
    mode,
  };
}

function planOne(path: string, now: SwapFile, goal: SwapFile): Command[] {
  const isAnew = now.sizeGb !== goal.sizeGb;
  const isOn = now.isOn && !isAnew;
  const mode = isAnew ? "0600" : now.mode;
  return [
    ...(isAnew ? [makeOrRemove(path, goal.sizeGb)] : []),
    ...(isOn && !goal.isOn ? [run("swap_off", path)] : []),
    ...(mode !== goal.mode && goal.sizeGb > 0 ? [run("chmod", goal.mode, path)] : []),
    ...(!isOn && goal.isOn ? [run("swap_on", path)] : []),
    ...(now.isAtBoot === goal.isAtBoot ? [] : [run(goal.isAtBoot ? "swap_keep" : "swap_forget", path)]),
  ];
}

/** A line in /etc/fstab for a file that was not there is an earlier state as well. */
function makeOrRemove(path: string, sizeGb: number): Command {
  return sizeGb === 0 ? run("swap_remove", path) : run("swap_make", path, String(sizeGb * gib));
}
