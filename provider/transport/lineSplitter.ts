import { StringDecoder } from "node:string_decoder";
import { plainText } from "./plainText.ts";

/** A line that is longer comes in pieces: what a run prints without an end of line must not fill our memory. */
const longestLine = 2 ** 16;

/** Takes text in whatever pieces it comes, and gives each line that is whole, ready for a terminal; a line may end as a terminal writes it. */
export function lineSplitter(onLine: (line: string) => void): (chunk: Buffer) => void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  return (chunk) => {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > longestLine) {
      lines.push(rest);
      rest = "";
    }
    for (const line of lines) onLine(plainText(line.replace(/\r$/, "")));
  };
}
