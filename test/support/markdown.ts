/** A fenced block of a page. */
export interface Fence {
  /** `sh`, `yaml`, `console` …; empty where it says none. */
  language: string;
  text: string;
  /** What the comment on the line before it says: `run by: …`, `not run here: …`. */
  marker: string | undefined;
  /** Where it begins, for errors. */
  line: number;
}

/** The fenced blocks of a page, in their order; one in a list is moved to the left. */
export function fencesOf(page: string): Fence[] {
  const lines = page.split("\n");
  const fences: Fence[] = [];
  let open: { indent: string; fence: Fence; body: string[] } | undefined;
  for (const [index, line] of lines.entries()) {
    if (open !== undefined) {
      if (line.trim() === "```") {
        fences.push({ ...open.fence, text: open.body.map((one) => `${one}\n`).join("") });
        open = undefined;
      } else open.body.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
      continue;
    }
    const [, indent, language] = /^( *)```(\w*)$/.exec(line) ?? [];
    if (indent === undefined || language === undefined) continue;
    const marker = /<!-- (.*) -->/.exec(lines[index - 1] ?? "")?.[1];
    open = { indent, body: [], fence: { language, text: "", marker, line: index + 1 } };
  }
  return fences;
}

/** A page without its fenced blocks. */
export function proseOf(page: string): string {
  return page.replace(/^( *)```.*?^\1```$/gms, "");
}

/** The anchors that a page's headings have, as GitHub makes them. */
export function anchorsOf(page: string): string[] {
  const headings = [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** The targets of a page's links and pictures, but for those into the web. */
export function linksOf(page: string): string[] {
  const targets = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}
