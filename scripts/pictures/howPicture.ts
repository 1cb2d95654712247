import { escapeXml } from "./escapeXml.ts";

/** A box: a title, and lines of what is in it. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  lines: string[];
  kind?: "room" | "node" | "record";
}

/** A numbered step of the value, from one point over others to the last. */
interface Step {
  number: number;
  points: [x: number, y: number][];
  text: string;
  at: [x: number, y: number];
}

const boxes: Box[] = [
  { x: 20, y: 20, width: 540, height: 470, title: "Controller", lines: [], kind: "room" },
  { x: 660, y: 20, width: 320, height: 470, title: "Node mini1", lines: [], kind: "room" },
  { x: 40, y: 60, width: 230, height: 70, title: "stacks/shelf.yaml", lines: ["swapGb: 32"] },
  { x: 40, y: 180, width: 230, height: 70, title: "config/", lines: ["rules, errors with their line"] },
  {
    x: 40,
    y: 300,
    width: 230,
    height: 70,
    title: "stacks/, components/",
    lines: ["mini1-swapGb: /swapfile: 32"],
  },
  {
    x: 40,
    y: 420,
    width: 230,
    height: 56,
    title: "Pulumi's state",
    lines: ["what was seen"],
    kind: "record",
  },
  {
    x: 350,
    y: 300,
    width: 190,
    height: 70,
    title: "Pulumi's engine",
    lines: ["what differs, what next"],
  },
  {
    x: 350,
    y: 60,
    width: 190,
    height: 150,
    title: "provider/",
    lines: [
      "settings/swapGb.ts",
      "  read: script",
      "  parse: to entries",
      "  plan: to commands",
      "transport/: SSH, pinned",
    ],
  },
  {
    x: 680,
    y: 60,
    width: 280,
    height: 150,
    title: "one connection, scripts over stdin",
    lines: [
      "read of all settings: one script",
      "change: record, commands, read",
      "  again, end mark; under a lock",
      "root by sudo",
    ],
    kind: "node",
  },
  {
    x: 680,
    y: 260,
    width: 280,
    height: 70,
    title: "/var/lib/minirack/swapGb.json",
    lines: ["earlier state: no /swapfile"],
    kind: "record",
  },
  {
    x: 680,
    y: 380,
    width: 280,
    height: 90,
    title: "what is true",
    lines: ["/swapfile: 32 GiB, in use", "/etc/fstab: a line of ours"],
    kind: "node",
  },
];

const steps: Step[] = [
  {
    number: 1,
    points: [
      [155, 130],
      [155, 180],
    ],
    text: "",
    at: [155, 155],
  },
  {
    number: 2,
    points: [
      [155, 250],
      [155, 300],
    ],
    text: "",
    at: [155, 275],
  },
  {
    number: 3,
    points: [
      [270, 335],
      [350, 335],
    ],
    text: "wanted",
    at: [310, 335],
  },
  {
    number: 4,
    points: [
      [445, 300],
      [445, 210],
    ],
    text: "create, read",
    at: [445, 255],
  },
  {
    number: 5,
    points: [
      [540, 110],
      [680, 110],
    ],
    text: "script",
    at: [610, 110],
  },
  {
    number: 6,
    points: [
      [820, 210],
      [820, 260],
    ],
    text: "first",
    at: [820, 235],
  },
  {
    number: 7,
    points: [
      [820, 330],
      [820, 380],
    ],
    text: "then",
    at: [820, 355],
  },
  {
    number: 8,
    points: [
      [680, 170],
      [540, 170],
    ],
    text: "text",
    at: [610, 170],
  },
  {
    number: 9,
    points: [
      [445, 370],
      [445, 448],
      [270, 448],
    ],
    text: "actual",
    at: [400, 448],
  },
];

const style = `text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", Helvetica, sans-serif; fill: #1f2730 }
    .code { font: 12px "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #3a4652 }
    .title { font-weight: 600 } .room-title { font-weight: 700; font-size: 15px }
    .number { font-weight: 700; font-size: 12px; fill: #ffffff; text-anchor: middle }
    .step { font-size: 12px; fill: #1d5fbf } .middle { text-anchor: middle }
    .paper { fill: #ffffff } .room { fill: #f3f5f8; stroke: #c3ccd6 } .box { fill: #ffffff; stroke: #7d8a98 }
    .node { fill: #e9f6ee; stroke: #4f9a6b } .record { fill: #fdf5e0; stroke: #b8913a }
    .arrow { fill: none; stroke: #1d5fbf; stroke-width: 2 } .head, .dot { fill: #1d5fbf }
    @media (prefers-color-scheme: dark) {
      text { fill: #e3e8ee } .code { fill: #b9c4cf } .number { fill: #10151a } .step { fill: #86b6ff }
      .paper { fill: #10151a } .room { fill: #171d24; stroke: #3b4652 } .box { fill: #202832; stroke: #728191 }
      .node { fill: #17301f; stroke: #57a878 } .record { fill: #352b12; stroke: #c29c48 }
      .arrow { stroke: #86b6ff } .head, .dot { fill: #86b6ff }
    }`;

function boxPicture({ x, y, width, height, title, lines, kind }: Box): string {
  const titleClass = kind === "room" ? "room-title" : "title";
  const texts = lines.map(
    (line, index) =>
      `  <text x="${x + 12}" y="${y + 46 + index * 20}" xml:space="preserve" class="code">${escapeXml(line)}</text>`,
  );
  return [
    `  <rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" class="${kind ?? "box"}"/>`,
    `  <text x="${x + 12}" y="${y + 23}" class="${titleClass}">${escapeXml(title)}</text>`,
    ...texts,
  ].join("\n");
}

function stepPicture({ number, points, text, at: [x, y] }: Step): string {
  const path = points.map((point) => point.join(" ")).join(" L ");
  const isUpright = points.length === 2 && points[0]?.[0] === points[1]?.[0];
  const place = isUpright
    ? `x="${x + 18}" y="${y + 4}" class="step"`
    : `x="${x}" y="${y - 15}" class="step middle"`;
  const words = text === "" ? [] : [`  <text ${place}>${escapeXml(text)}</text>`];
  return [
    `  <path d="M ${path}" class="arrow" marker-end="url(#head)"/>`,
    `  <circle cx="${x}" cy="${y}" r="10" class="dot"/>`,
    `  <text x="${x}" y="${y + 4}" class="number">${number}</text>`,
    ...words,
  ].join("\n");
}

/** The way of one value from the cluster file to a node and back; its numbers are explained in how-it-works.md. */
export function howPicture(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 510" role="img" aria-label="The way of swapGb: 32 from the cluster file to a node and back into Pulumi's state">
  <style>${style}</style>
  <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto"><path d="M 0 0 L 8 4 L 0 8 z" class="head"/></marker></defs>
  <rect width="1000" height="510" rx="10" class="paper"/>
${boxes.map(boxPicture).join("\n")}
${steps.map(stepPicture).join("\n")}
</svg>
`;
}
