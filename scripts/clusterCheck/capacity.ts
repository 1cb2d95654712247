import { z } from "zod";
import type { Judged, Rule } from "./findings.ts";

const limitsSchema = z.record(z.string(), z.object({ hard: z.union([z.number(), z.literal("unlimited")]) }));
const sizes = z.record(z.string(), z.number());

/** A limit or a swap file that is more than the node has: an `up` fails on it, or what it promises is not there. */
export const capacity: Rule[] = [openFiles, lockedMemory, swap];

function openFiles({ spec, facts, file }: Judged) {
  const wanted = limitOf(spec.settings.limits, "nofile");
  const most = Math.max(facts.mostOpenFiles ?? Number.POSITIVE_INFINITY, openFilesOf(spec.settings.sysctl));
  if (wanted === undefined || wanted <= most) return undefined;
  return {
    subject: "limits",
    found: `nofile: ${Number.isFinite(wanted) ? wanted : "unlimited"}, the kernel grants a process ${most}`,
    remedy: `set nofile: ${most} in ${file}, or raise fs.nr_open there, under sysctl`,
  };
}

function lockedMemory({ spec, facts, file }: Judged) {
  const wanted = limitOf(spec.settings.limits, "memlock");
  if (wanted === undefined || !Number.isFinite(wanted) || wanted <= facts.memoryGb * 2 ** 20)
    return undefined;
  return {
    subject: "limits",
    found: `memlock: ${(wanted / 2 ** 20).toFixed(1)} GiB of ${facts.memoryGb.toFixed(1)} GiB of memory`,
    remedy: `set less in ${file}, or unlimited`,
  };
}

function swap({ spec, facts, file }: Judged) {
  const wanted = Object.entries(sizes.safeParse(spec.settings.swapGb).data ?? {});
  const onRoot = wanted
    .filter(([path]) => path.lastIndexOf("/") === 0)
    .reduce((sum, [, size]) => sum + size, 0);
  const room = facts.diskFreeGb + facts.swapGb;
  if (onRoot <= room) return undefined;
  return {
    subject: "swapGb",
    found: `${onRoot} GiB, there is room for ${room.toFixed(1)} GiB on /`,
    remedy: `make room there, set less in ${file}, or give it a path on another disk`,
  };
}

function limitOf(limits: unknown, name: string): number | undefined {
  const hard = limitsSchema.safeParse(limits).data?.[name]?.hard;
  return hard === "unlimited" ? Number.POSITIVE_INFINITY : hard;
}

/** What the cluster file itself raises it to. */
function openFilesOf(sysctl: unknown): number {
  const raised = z.object({ "fs.nr_open": z.coerce.number() }).safeParse(sysctl);
  return raised.data?.["fs.nr_open"] ?? 0;
}
