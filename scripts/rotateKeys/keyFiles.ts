import { existsSync } from "node:fs";
import { chmod, copyFile, readFile, rename, rm, writeFile } from "node:fs/promises";
import { clusterKeyLine, makeKey } from "../../provider/clusterKey.ts";
import { besideKey } from "../../provider/transport/connection.ts";

/**
 * The cluster's key on this controller while it is rotated. `KEY.next` is to take the place of `KEY`; `KEY.previous` has lost it,
 * and goes when every node and the state know the new one. At every moment one of them opens each node.
 */
export class KeyFiles {
  readonly path: string;
  readonly next: string;
  private readonly previous: string;
  private readonly comment: string;

  /** @param comment ends the public half, and marks our lines on the nodes */
  constructor(path: string, comment: string) {
    this.path = path;
    this.comment = comment;
    [this.next, this.previous] = besideKey(path);
  }

  /** Whether the new key is in place, and the old one only waits for the rest to know. */
  get isSwitched(): boolean {
    return existsSync(this.previous) && !existsSync(this.next);
  }

  /** Whether a rotation began that has not come to its end. */
  get isPending(): boolean {
    return existsSync(this.previous) || existsSync(this.next);
  }

  /**
   * Makes the next key unless it is there.
   * @returns its public half: type and base64
   * @throws Error where the cluster's key is not one of our making
   */
  async makeNext(): Promise<string> {
    await this.expectOurs();
    if (!existsSync(this.next)) await makeKey(this.next, this.comment);
    await rm(`${this.next}.pub`, { force: true });
    return await publicHalf(this.next);
  }

  /** The next key takes the place of the cluster's. A process that was killed in here is gone on from. */
  async switch(): Promise<void> {
    await copyFile(this.path, `${this.previous}.new`);
    await chmod(`${this.previous}.new`, 0o600);
    await rename(`${this.previous}.new`, this.previous);
    await rename(this.next, this.path);
  }

  /** The public half of the key in place; its file beside it says the same from now on. */
  async showPublic(): Promise<string> {
    const line = await clusterKeyLine(this.path, this.comment);
    await writeFile(`${this.path}.pub`, `${line}\n`);
    return line;
  }

  async forgetPrevious(): Promise<void> {
    await rm(this.previous, { force: true });
  }

  private async expectOurs(): Promise<void> {
    const text = await readFile(`${this.path}.pub`, "utf8").catch(() => "");
    if (text.trim().endsWith(` ${this.comment}`)) return;
    throw new Error(
      `${this.path}: expected a key that minirack made (${this.comment} at the end of ${this.path}.pub), got another; ` +
        "rotate that one yourself, or leave identityFile out of the cluster file",
    );
  }
}

async function publicHalf(path: string): Promise<string> {
  return (await clusterKeyLine(path, "")).trimEnd();
}
