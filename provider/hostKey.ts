import { z } from "zod";
import { checkInputs } from "./checkInputs.ts";
import type { Properties, Resource, ResourceRules } from "./resource.ts";
import { scanHostKey } from "./transport/hostKey.ts";

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
 * every connection checks it. A node that moves to another address keeps it.
 */
export const hostKey: Resource = {
  outputs: ["hostKey"],
  check: (inputs) => checkInputs(rule, inputs),
  async create(inputs) {
    const { node, host, port, given } = rule.parse(inputs);
    const key = given ?? (await scanHostKey({ node, host, port }));
    return { id: `${node}/hostKey`, state: { ...inputs, hostKey: key } };
  },
  async read(id, inputs, state) {
    if (inputs !== undefined) return { id, inputs, state };
    throw new Error(
      `expected ${id} to be made by pulumi up, got an import; leave it out: a host key has nothing to import`,
    );
  },
  async update(_id, { to, state }): Promise<Properties> {
    const { given } = rule.parse(to);
    return { ...to, hostKey: given ?? state.hostKey ?? null };
  },
  async delete() {},
};
