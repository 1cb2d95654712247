import { createHash } from "node:crypto";

/** A file as it goes into an image. */
export interface ContextFile {
  /** From the context's top, with `/`. */
  path: string;
  content: Buffer;
  isExecutable?: boolean;
}

/** SHA-256 over names and contents, whatever their order. */
export function filesSha256(files: readonly ContextFile[]): string {
  const lines = files.map(({ path, content, isExecutable }) => {
    const sha256 = createHash("sha256").update(content).digest("hex");
    return `${sha256} ${isExecutable ? "x" : "-"} ${path}\n`;
  });
  return createHash("sha256").update(lines.sort().join("")).digest("hex");
}
