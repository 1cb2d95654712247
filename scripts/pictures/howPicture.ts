import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { escapeXml } from "./escapeXml.ts";

const point = z.tuple([z.number(), z.number()]);
const box = z.strictObject({
  at: point,
  size: point,
  kind: z.enum(["box", "room", "node", "record"]).default("box"),
  title: z.string(),
  lines: z.array(z.string()).default([]),
});
const step = z.strictObject({ by: z.array(point).min(2), number: point, says: z.string().optional() });
const drawing = z.strictObject({ boxes: z.array(box), steps: z.array(step) });

const beside = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");

/** The way of one value from the cluster file to a node and back; how-it-works.md explains its numbers. */
export function howPicture(): string {
  const { boxes, steps } = drawing.parse(parse(beside("how.yaml")));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 510" role="img" aria-label="The way of swapGb: 32 from the cluster file to a node and back into Pulumi's state">
<style>
${beside("how.css")}</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto"><path d="M 0 0 L 8 4 L 0 8 z" class="head"/></marker></defs>
<rect width="1000" height="510" rx="10" class="paper"/>
${boxes.map(boxPicture).join("\n")}
${steps.map(stepPicture).join("\n")}
</svg>
`;
}

function boxPicture({ at: [x, y], size: [width, height], kind, title, lines }: z.infer<typeof box>): string {
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" class="${kind}"/>`,
    textPicture([x + 12, y + 23], "title", title),
    ...lines.map((line, index) => textPicture([x + 12, y + 46 + index * 20], "code", line)),
  ].join("\n");
}

function stepPicture({ by, number: [x, y], says = "" }: z.infer<typeof step>, index: number): string {
  const isUpright = by.length === 2 && by[0]?.[0] === by[1]?.[0];
  return [
    `<path d="M ${by.map((one) => one.join(" ")).join(" L ")}" class="arrow" marker-end="url(#head)"/>`,
    `<circle cx="${x}" cy="${y}" r="10" class="dot"/>`,
    textPicture([x, y + 4], "number", String(index + 1)),
    isUpright ? textPicture([x + 18, y + 4], "step", says) : textPicture([x, y - 15], "step middle", says),
  ].join("\n");
}

function textPicture([x, y]: [x: number, y: number], look: string, text: string): string {
  return `<text x="${x}" y="${y}" xml:space="preserve" class="${look}">${escapeXml(text)}</text>`;
}
