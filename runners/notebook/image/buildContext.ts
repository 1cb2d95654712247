import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack } from "tar-stream";
import type { Code } from "./codeFiles.ts";
import { type ContextFile, filesSha256 } from "./contextFile.ts";
import { dockerfile } from "./dockerfile.ts";
import type { Requirements } from "./requirements.ts";

/** All that an image is made of, but its base. */
export interface BuildContext {
  files: ContextFile[];
  sha256: string;
}

const executorFolder = join(import.meta.dirname, "..", "minirack_notebook");
/** Certificate authorities that this controller's owner added: pip in the image has to know them too. */
const certificates = "/usr/local/share/ca-certificates";

/** Puts together what `docker build` gets. */
export function buildContext(code: Code, requirements: Requirements): BuildContext {
  const files = [
    { path: "Dockerfile", content: Buffer.from(dockerfile) },
    ...filesIn(certificates, ".crt").map((file) => ({ ...file, path: `packages/certificates/${file.path}` })),
    {
      path: "packages/certificates/README",
      content: Buffer.from("Certificate authorities of the controller.\n"),
    },
    { path: "packages/environments.sh", content: readFileSync(join(import.meta.dirname, "environments.sh")) },
    ...requirements.files,
    ...filesIn(executorFolder, ".py").map((file) => ({
      ...file,
      path: `runner/minirack_notebook/${file.path}`,
    })),
    ...code.files.map((file) => ({ ...file, path: `code/${file.path}` })),
  ];
  return { files, sha256: filesSha256(files) };
}

/** The context as a tar stream, the same bytes for the same files. */
export function packContext({ files }: BuildContext): Readable {
  const tar = pack();
  for (const { path, content, isExecutable } of files) {
    tar.entry({ name: path, mode: isExecutable ? 0o755 : 0o644, mtime: new Date(0) }, content);
  }
  tar.finalize();
  const stream = new PassThrough();
  pipeline(tar, stream).catch((error: Error) => stream.destroy(error));
  return stream;
}

function filesIn(folder: string, ending: string): ContextFile[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => ({ path: name, content: readFileSync(join(folder, name)) }));
}
