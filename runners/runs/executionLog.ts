import { join } from "node:path";
import { lineSplitter } from "../../provider/transport/lineSplitter.ts";
import { openPlain } from "./jsonFile.ts";

/**
 * Prints the log in a run's folder.
 * @returns whether there is one
 */
export async function printLog(folder: string, print: (line: string) => void): Promise<boolean> {
  const file = await openPlain(join(folder, "execution.log"));
  if (file === undefined) return false;
  let isWhole = true;
  const split = lineSplitter(print);
  for await (const chunk of file.createReadStream()) {
    split(chunk);
    isWhole = chunk.at(-1) === 0x0a;
  }
  if (!isWhole) split(Buffer.from("\n"));
  return true;
}
