import { ended } from "../../../runners/runs/ended.ts";
import { claimRun, keepMetadata } from "../../../runners/runs/runFolder.ts";
import { stopOnSignal } from "../../../runners/runs/stopOnSignal.ts";
import { sampleMetadata } from "./sampleRun.ts";

// A launch that prepares a run until it is told to stop, and then keeps its end.
const [results = ""] = process.argv.slice(2);
const folder = await claimRun(results, sampleMetadata());
const alive = setInterval(() => {}, 60_000);
const signal = stopOnSignal(() => process.stdout.write("told to stop\n"));
signal.addEventListener("abort", async () => {
  const end = { status: "stopped", exit: { code: 130, reason: "stopped" } } as const;
  await keepMetadata(folder, { ...sampleMetadata(), ...ended(sampleMetadata(), end) });
  clearInterval(alive);
});
process.stdout.write("started\n");
