import { escapeXml } from "./escapeXml.ts";

const fontSize = 14;
const lineHeight = 19;
const characterWidth = 8.45;
const margin = 18;

/**
 * Text as a picture of a terminal: one `<text>` per line, so that it can be searched and read aloud.
 * @param label what the picture shows, for whoever cannot see it
 */
export function terminalPicture(lines: string[], label: string): string {
  const width = Math.round(Math.max(...lines.map((line) => line.length)) * characterWidth + 2 * margin);
  const height = lines.length * lineHeight + 2 * margin;
  const texts = lines.map((line, index) => {
    const y = margin + (index + 1) * lineHeight - 5;
    return `  <text x="${margin}" y="${y}" xml:space="preserve" class="${lineClass(line)}">${escapeXml(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="${escapeXml(label)}">
  <style>text { font: ${fontSize}px "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #d7dde4 } .done { fill: #7ee2a0 } .head { fill: #8ab8ff; font-weight: bold } .typed { fill: #ffffff; font-weight: bold } .away { fill: #ff9d94 } .said { fill: #8b96a3 }</style>
  <rect width="100%" height="100%" rx="8" fill="#14181d"/>
${texts.join("\n")}
</svg>
`;
}

function lineClass(line: string): string {
  if (line.startsWith("$ ")) return "typed";
  if (line.startsWith("# ")) return "said";
  if (/^(✔|\s+\d+ unchanged$)/.test(line)) return "done";
  if (/^\s+- /.test(line)) return "away";
  return /^[A-Z]{4,}|^Next:|^ *epoch|^ *~ /.test(line) ? "head" : "plain";
}
