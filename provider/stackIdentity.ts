import { randomBytes } from "node:crypto";
import { z } from "zod";
import { putText, stackFile, textOf } from "./stackFiles.ts";

/** Form of a stack's id. */
export const stackIdSchema = z.string().regex(/^[0-9a-f]{16}$/, "expected 16 hexadecimal digits");

/** Whose something is: on a node, or beside a key. */
export interface Owner {
  /** Project and stack: `minirack/dev`. */
  stack: string;
  /** What tells it from every other stack of this name. Version 0.1.0 knew none. */
  id?: string | undefined;
}

/** The stack's id as this clone knows it; undefined before its first use. */
export function knownStackId(stack: string): string | undefined {
  const text = textOf(stackFile("identity", stack))?.trim();
  return stackIdSchema.safeParse(text).data;
}

/** The stack's id, made at its first use. A lost state finds it again; the state's own wins. */
export function stackIdOf(stack: string): string {
  return knownStackId(stack) ?? keepStackId(stack, randomBytes(8).toString("hex"));
}

/** Notes the id that the state has. */
export function keepStackId(stack: string, id: string): string {
  if (knownStackId(stack) !== id) putText(stackFile("identity", stack), `${id}\n`);
  return id;
}

/** An owner as errors and tables name it. */
export function ownerText({ stack, id }: Owner): string {
  return id === undefined ? stack : `${stack} (id ${id})`;
}

/** What names a lost stack to take over what it owned. */
export function takeOverName({ stack, id }: Owner): string {
  return id ?? stack;
}

/** Whether the user has said, having been shown whose it is, that it is this stack's from now on. */
export function isTakenOver(owner: Owner): boolean {
  const named = (process.env.MINIRACK_TAKE_OVER ?? "").split(",").map((one) => one.trim());
  return named.includes(takeOverName(owner));
}
