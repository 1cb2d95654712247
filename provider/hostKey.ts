import { z } from "zod";
import { checkInputs } from "./checkInputs.ts";
import { forgetHostKey, pinHostKey, trustedHostKey } from "./pinnedHostKeys.ts";
import type { Properties, Resource, ResourceRules } from "./resource.ts";
import type { Json } from "./settings/setting.ts";

const rule = z.object({
  node: z.string().min(1).describe("name of the node"),
  host: z.string().min(1).describe("address of the node's sshd, as the controller sees it"),
  port: z.number().int().min(1).max(65535).default(22).describe("port of the node's sshd"),
  given: z
    .string()
    .regex(/^(ssh|ecdsa|rsa)-\S+ \S+$/, "expected a host key: type and base64")
    .optional()
    .describe(
      "the host key where it is known beforehand: `type base64`; otherwise the one shown at first use",
    ),
});

export const hostKeyRules: ResourceRules = {
  description: "a node's host key, pinned: the given one, or the one that it shows at first use",
  inputs: rule,
  outputs: z.object({ hostKey: z.string().describe("what every connection checks: `type base64`") }),
};

/**
 * A node's host key: the one given in the cluster file, or the one it shows at first use. It stays in the state and
 * every connection checks it. A node that moves to another address keeps it. Beside the state this clone's pin file has it.
 */
export const hostKey: Resource = {
  outputs: ["hostKey"],
  check: (inputs) => checkInputs(rule, inputs),
  async create(inputs, { stack }) {
    const { node, host, port, given } = rule.parse(inputs);
    const key = given ?? (await trustedHostKey(stack, { node, host, port }));
    pinHostKey(stack, { host, port }, key);
    return { id: `${node}/hostKey`, state: { ...inputs, hostKey: key } };
  },
  async read(id, inputs, state, { stack }) {
    if (inputs === undefined)
      throw new Error(
        `expected ${id} to be made by pulumi up, got an import; leave it out: a host key has nothing to import`,
      );
    pinAgain(stack, inputs, state.hostKey);
    return { id, inputs, state };
  },
  async update(_id, { from, to, state }, { stack }): Promise<Properties> {
    const key = rule.parse(to).given ?? state.hostKey ?? null;
    forgetPlace(stack, from);
    pinAgain(stack, to, key);
    return { ...to, hostKey: key };
  },
  async delete(_id, inputs, { stack }) {
    forgetPlace(stack, inputs);
  },
};

const placeOf = rule.pick({ host: true, port: true });

function pinAgain(stack: string, inputs: Properties, key: Json | undefined): void {
  const { success, data } = placeOf.safeParse(inputs);
  if (success && typeof key === "string") pinHostKey(stack, data, key);
}

function forgetPlace(stack: string, inputs: Properties): void {
  const { success, data } = placeOf.safeParse(inputs);
  if (success) forgetHostKey(stack, data);
}
