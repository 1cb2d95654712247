import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { type FolderContent, type FolderRules, folderManifest } from "../provider/folders/folderManifest.ts";
import { exportedFolder, gitRevision } from "../provider/folders/gitRevision.ts";
import { expandHome } from "../provider/transport/connection.ts";

/** A folder of the controller, looked at. */
export interface SourceFolder extends FolderContent {
  /** Its path as the state has it: from the home folder, or from the project's, so that controllers can share it. */
  source: string;
}

/** Where a folder's content comes from. */
export type FolderOrigin = { folder: string } | { git: { repository: string; revision: string } };

/** Looks at folders that a cluster file names, each once however many nodes want it. */
export class SourceFolders {
  private readonly looked = new Map<string, () => SourceFolder>();
  private readonly start: string;

  /** @param start where relative paths start */
  constructor(start: string) {
    this.start = start;
  }

  /** @throws Error where there is no such folder, repository or revision */
  look(origin: FolderOrigin, rules: FolderRules): SourceFolder {
    const key = JSON.stringify([origin, rules, rules.mode(true), rules.mode(false)]);
    const known = this.looked.get(key);
    if (known !== undefined) return known();
    const answer = remembered(() => {
      if (!("git" in origin)) {
        const { folder, source } = this.own(origin.folder);
        return { source, ...folderManifest(folder, rules) };
      }
      const { folder, source } = this.exported(origin.git);
      const called = `${origin.git.repository} at ${origin.git.revision}`;
      return { source, ...folderManifest(folder, { ...rules, isRevision: true }, called) };
    });
    this.looked.set(key, answer);
    return answer();
  }

  private own(path: string): { folder: string; source: string } {
    if (path.startsWith("~/")) return { folder: expandHome(path), source: path };
    const folder = resolve(this.start, path);
    return { folder, source: relative(".", folder) || "." };
  }

  private exported({ repository, revision }: { repository: string; revision: string }) {
    const local = resolve(this.start, expandHome(repository));
    const { commit, folder } = gitRevision(existsSync(local) ? local : repository, revision);
    return { folder, source: exportedFolder(commit) };
  }
}

/** Makes it once, and gives what came of it each time: a repository that does not answer is not asked again. */
function remembered<Made>(make: () => Made): () => Made {
  try {
    const made = make();
    return () => made;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
