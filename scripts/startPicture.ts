import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { execa } from "execa";
import { root } from "./lab/labStack.ts";

new Command("npm run picture")
  .description("Runs npm start and draws the end of what it prints as docs/start.svg, for the README.")
  .parse();

const fontSize = 14;
const lineHeight = 19;
const characterWidth = 8.45;
const margin = 18;

/** Text as a picture of a terminal: one `<text>` per line, so that it can be searched and read aloud. */
function terminalPicture(lines: string[]): string {
  const width = Math.round(Math.max(...lines.map((line) => line.length)) * characterWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  const texts = lines.map((line, index) => {
    const y = margin + (index + 1) * lineHeight - 5;
    return `  <text x="${margin}" y="${y}" xml:space="preserve" class="${lineClass(line)}">${escapeXml(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="The end of npm start">
  <style>text { font: ${fontSize}px "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #d7dde4 } .done { fill: #7ee2a0 } .head { fill: #8ab8ff; font-weight: bold }</style>
  <rect width="100%" height="100%" rx="8" fill="#14181d"/>
${texts.join("\n")}
</svg>
`;
}

function lineClass(line: string): string {
  if (line.startsWith("✔")) return "done";
  return /^[A-Z]{4,}|^Next:|^ *epoch/.test(line) ? "head" : "plain";
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const { stdout } = await execa("npm", ["start"], { cwd: root, stdin: "ignore", env: { FORCE_UNICODE: "1" } });
const lines = stdout.split("\n").map((line) => line.trimEnd());
const shown = lines.filter((line) => !/^[❯›]/.test(line)); // steps that are done say so themselves
const first = shown.findIndex((line) => line.startsWith("✔"));
const file = join(root, "docs", "start.svg");
await writeFile(file, terminalPicture(shown.slice(Math.max(first, 0))));
console.log(`${file}: ${shown.length} lines`);
