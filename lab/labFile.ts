import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const labNode = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, "expected lower-case letters, digits and dashes, a letter first")
    .describe("the node's name, in the cluster file and as its host name"),
  debian: z.literal([12, 13]).default(12).describe("the Debian release"),
  sudo: z
    .enum(["withoutPassword", "withPassword"])
    .default("withoutPassword")
    .describe("whether sudo asks the user for the password"),
  firstContact: z
    .enum(["key", "password"])
    .default("key")
    .describe("what the node lets in before anything is provisioned: the lab's key, or the password alone"),
});

/** The file of a lab: which nodes its Docker engine pretends to be. */
export const labFile = z.strictObject({
  user: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .describe("the sudo user of every node"),
  portBase: z
    .number()
    .int()
    .min(1024)
    .max(65_000)
    .describe("sshd of the first node is published on 127.0.0.1 at this port plus one, and so on"),
  linkSubnet: z
    .string()
    .regex(/^\d+\.\d+\.\d+\.0\/24$/, "expected an IPv4 subnet as 172.31.0.0/24")
    .describe("the subnet of the second interface; addresses above .127 are Docker's, the rest free"),
  nodes: z
    .array(labNode)
    .min(1)
    .refine(
      (nodes) => new Set(nodes.map((node) => node.name)).size === nodes.length,
      "expected names to differ",
    ),
});

export type LabFile = z.infer<typeof labFile>;
export type LabNode = LabFile["nodes"][number];

/**
 * Reads a lab file.
 * @throws Error with the file's name and each field that is not as expected
 */
export function readLabFile(path: string): LabFile {
  const read = labFile.safeParse(parse(readFileSync(path, "utf8")));
  if (read.success) return read.data;
  throw new Error(`${path}:\n${z.prettifyError(read.error)}`);
}
