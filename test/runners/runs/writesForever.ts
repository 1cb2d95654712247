import { keepMetadata } from "../../../runners/runs/runFolder.ts";
import { sampleMetadata } from "./sampleRun.ts";

// Keeps large metadata in a folder again and again, until it is killed; says so after the first time.
const [folder = ""] = process.argv.slice(2);
for (let count = 0; ; count++) {
  const lines = Array.from({ length: 20_000 + (count % 7) }, (_, line) => `line ${line} of time ${count}`);
  await keepMetadata(folder, sampleMetadata({ lastLines: [...lines, "end"] }));
  if (count === 1) process.stdout.write("writing\n");
}
