import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** How a node is reached. The key is named by its path, never by its content. */
export const connectionSchema = z
  .object({
    host: z.string().min(1).describe("address of the node's sshd, as the controller sees it"),
    port: z.number().int().min(1).max(65535).default(22).describe("port of the node's sshd"),
    user: z.string().min(1).describe("user to log in as; root, or one who may use sudo"),
    identityFile: z.string().min(1).describe("path of the cluster's private key on the controller"),
    hostKey: z.string().min(1).describe("the node's pinned host key: `type base64`"),
    sudoPassword: z
      .string()
      .optional()
      .describe("password for sudo, where sudo asks for one")
      .meta({ secret: true }),
  })
  .meta({ id: "Connection" });
export type Connection = z.infer<typeof connectionSchema>;

/** What lets us in before the cluster's key is on the node. Used by `SshAccess` alone. */
export const firstContactSchema = z
  .object({
    password: z.string().optional().describe("the user's password").meta({ secret: true }),
    identityFile: z.string().optional().describe("path of a private key that the node already accepts"),
  })
  .meta({ id: "FirstContact" });
export type FirstContact = z.infer<typeof firstContactSchema>;

/** `~/x` as an absolute path of this controller. */
export function expandHome(path: string): string {
  return path.startsWith("~/") ? join(process.env.HOME ?? homedir(), path.slice(2)) : path;
}

/** Keys that are there while the cluster's is rotated: the one that comes, and the one that goes. Either opens some nodes. */
export function besideKey(path: string): [next: string, previous: string] {
  return [`${path}.next`, `${path}.previous`];
}
