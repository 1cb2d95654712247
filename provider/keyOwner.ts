import { rm } from "node:fs/promises";
import { z } from "zod";
import { putText, textOf } from "./stackFiles.ts";
import { isTakenOver, type Owner, ownerText, stackIdSchema, takeOverName } from "./stackIdentity.ts";

/** `KEY.owner`, beside a key that a stack made: whose it is. */
const ownerSchema = z.object({ project: z.string(), stack: z.string(), id: stackIdSchema });

const fileOf = (key: string) => `${key}.owner`;

/** Who made the key; undefined for a user's own, and for one of version 0.1.0. */
export function readKeyOwner(key: string): Required<Owner> | undefined {
  const text = textOf(fileOf(key));
  if (text === undefined) return undefined;
  const { success, data } = ownerSchema.safeParse(parsed(text));
  if (success) return { stack: `${data.project}/${data.stack}`, id: data.id };
  throw new Error(
    `${fileOf(key)}: expected project, stack and id, got something else; remove it with its key`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function writeKeyOwner(key: string, { stack: name, id }: Required<Owner>): void {
  const [project, stack] = [name.slice(0, name.lastIndexOf("/")), name.slice(name.lastIndexOf("/") + 1)];
  putText(fileOf(key), `${JSON.stringify({ project, stack, id })}\n`);
}

export async function forgetKeyOwner(key: string): Promise<void> {
  await rm(fileOf(key), { force: true });
}

/** @throws Error where another stack made the key, unless it is taken over */
export function expectOwnKey(key: string, owner: Required<Owner>): void {
  const found = readKeyOwner(key);
  if (found === undefined || found.id === owner.id || isTakenOver(found)) return;
  throw new Error(
    `${key}: expected the key of stack ${ownerText(owner)}, got that of stack ${ownerText(found)}, as ${fileOf(key)} says; ` +
      `give this stack a key of its own (identityFile in the cluster file), or, where the other stack's state is lost, ` +
      `take over what it had: MINIRACK_TAKE_OVER=${takeOverName(found)}`,
  );
}
