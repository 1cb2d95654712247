import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import ssh2 from "ssh2";
import { z } from "zod";
import { checkInputs } from "./checkInputs.ts";
import { expectOwnKey, forgetKeyOwner, readKeyOwner, writeKeyOwner } from "./keyOwner.ts";
import type { Properties, Resource, ResourceRules } from "./resource.ts";
import { keepStackId, stackIdOf, stackIdSchema } from "./stackIdentity.ts";
import { besideKey, expandHome } from "./transport/connection.ts";

const rule = z.object({
  identityFile: z.string().min(1).describe("path of the private key on the controller; `~/` is home"),
  comment: z.string().min(1).describe("comment of the public key, by which its line on the nodes is known"),
});

export const clusterKeyRules: ResourceRules = {
  description:
    "the cluster's SSH key (ed25519), made once on the controller; its private half never leaves it",
  inputs: rule,
  outputs: z.object({
    publicKey: z.string().describe("the public half: type, base64, comment"),
    stackId: stackIdSchema.describe("id of the stack, by which it knows its key and its records on nodes"),
  }),
};

/**
 * The cluster's SSH key (ed25519), made once on the controller. The private half stays in its file: the state has the
 * path and the public half. A key that was there before is used and, at the end, left. With the key comes the stack's id.
 */
export const clusterKey: Resource = {
  outputs: ["publicKey", "stackId"],
  check: (inputs) => checkInputs(rule, inputs),
  async create(inputs, { stack }) {
    const { identityFile, comment } = rule.parse(inputs);
    const path = expandHome(identityFile);
    const owner = { stack, id: stackIdOf(stack) };
    expectOwnKey(path, owner);
    const isUsers = existsSync(path) && readKeyOwner(path) === undefined;
    if (!isUsers) writeKeyOwner(path, owner);
    if (!existsSync(path)) await makeKey(path, comment);
    const publicKey = await clusterKeyLine(path, comment);
    return { id: identityFile, state: { ...inputs, publicKey, stackId: owner.id } };
  },
  async read(id, inputs, state, { stack }) {
    const path = expandHome(id);
    if (!existsSync(path)) return undefined;
    const comment = String(inputs?.comment ?? `minirack-${stack.split("/").at(-1)}`);
    const now: Properties = { identityFile: id, comment };
    const known = stackIdSchema.safeParse(state.stackId).data;
    const owner = { stack, id: known === undefined ? stackIdOf(stack) : keepStackId(stack, known) };
    if (known === undefined && (await isMade(path, comment))) writeKeyOwner(path, owner);
    const publicKey = await clusterKeyLine(path, comment);
    return { id, inputs: now, state: { ...state, ...now, publicKey, stackId: owner.id } };
  },
  async update(id, { to, state }) {
    const { comment } = rule.parse(to);
    return { ...state, ...to, publicKey: await clusterKeyLine(expandHome(id), comment) };
  },
  async delete(id, inputs, _identity, state) {
    const path = expandHome(id);
    const { comment } = rule.parse(inputs);
    const isOurs =
      state?.stackId === undefined
        ? await isMade(path, comment) // by version 0.1.0
        : readKeyOwner(path)?.id === state.stackId;
    if (isOurs) await removeKey(path);
  },
};

/** Removes a key with all that lies beside it. */
export async function removeKey(path: string): Promise<void> {
  await Promise.all([path, `${path}.pub`, ...besideKey(path)].map((one) => rm(one, { force: true })));
  await forgetKeyOwner(path);
  await rmdir(dirname(path)).catch(() => {}); // other stacks' keys keep it
}

/** Whether version 0.1.0 made the key for a stack of this name, and no stack with an id has it. */
async function isMade(path: string, comment: string): Promise<boolean> {
  const text = await readFile(`${path}.pub`, "utf8").catch(() => "");
  return text.trim().endsWith(` ${comment}`) && readKeyOwner(path) === undefined;
}

/** Makes a key for its user alone: whole or not at all. */
export async function makeKey(path: string, comment: string): Promise<void> {
  const { private: privateKey, public: publicText } = generateKey(comment);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.pub`, `${publicText}\n`);
  await writeFile(`${path}.new`, privateKey, { mode: 0o600 });
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
}

/** ssh2 (1.17) makes about one key in 140 that nobody can read: such a one is thrown away. */
function generateKey(comment: string) {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519", { comment });
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}

/** The public half, whatever its comment, under the stack's comment: that marks our lines on the nodes. */
export async function clusterKeyLine(path: string, comment: string): Promise<string> {
  const parsed = ssh2.utils.parseKey(await readFile(path));
  if (parsed instanceof Error) {
    throw new Error(
      `${path}: expected a private key without a passphrase, got ${parsed.message}; give another identityFile`,
    );
  }
  return `${parsed.type} ${parsed.getPublicSSH().toString("base64")} ${comment}`;
}
