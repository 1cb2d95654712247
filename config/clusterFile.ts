import { z } from "zod";
import { featureShape, features } from "./features/index.ts";
import { hooksRule } from "./hooks.ts";
import { linkAddress } from "./linkAddress.ts";
import { mpiRule } from "./mpi.ts";
import { hostAddress, keyFile, name, userName } from "./names.ts";
import { notebookRule } from "./notebook.ts";
import { secretSchema } from "./secret.ts";

const firstContact = z.strictObject({
  password: secretSchema.optional().describe("the user's password"),
  identityFile: keyFile.optional().describe("a private key that the node accepts already"),
});

/** One computer of the shelf. */
export const nodeSchema = z.strictObject({
  name: name.describe("what it is called everywhere"),
  formerName: name
    .optional()
    .describe(
      "what it was called at the last `pulumi up`: makes a rename an update; remove it after the next",
    ),
  host: hostAddress.describe(
    "address by which the controller reaches it; a node that moves is updated and keeps its host key",
  ),
  port: z.number().int().min(1).max(65535).default(22).describe("port of its sshd"),
  user: userName.optional().describe("user to log in as; the cluster's when left out"),
  os: z
    .enum(["linux", "macos"])
    .default("linux")
    .describe("its operating system; of macos nothing is set yet"),
  role: z
    .enum(["generator", "trainer", "worker", "driver"])
    .default("trainer")
    .describe("which runners use it"),
  chip: z.string().optional().describe("processor, for the table: M4, N100"),
  memoryGb: z.number().positive().optional().describe("memory in GiB, for the table"),
  connectionType: z
    .enum(["thunderbolt", "ethernet", "wifi"])
    .optional()
    .describe("what links it to the others, for the table; over wifi ssh compresses"),
  hostKey: z
    .string()
    .regex(
      /^[a-z0-9@.-]+ [A-Za-z0-9+/]+=*$/,
      "expected a type and a key, as ssh-ed25519 AAAA…; write what ssh-keyscan says, without the host",
    )
    .optional()
    .describe("its host key, where it is known beforehand: `type base64`"),
  sudoPassword: secretSchema.optional().describe("where sudo asks for a password"),
  firstContact: firstContact.optional().describe("what lets us in before the cluster's key is there"),
  linkAddress: linkAddress.optional().describe("interface → address/prefix"),
  hooks: hooksRule.optional().describe("commands that run once, on this node"),
  without: z
    .array(z.enum(features.map(({ key }) => key)))
    .optional()
    .describe("keys above `nodes` that are not for this node; what it has itself under them stands alone"),
  ...featureShape,
});
export type FileNode = z.infer<typeof nodeSchema>;

const training = z.strictObject({
  environment: name.default("training").describe("Python environment that runs it"),
  role: nodeSchema.shape.role.describe("nodes of this role train"),
});

const links = z.strictObject({
  minGbps: z
    .number()
    .positive("expected a throughput above 0 Gb/s; write more, or leave it out")
    .optional()
    .describe("least throughput of every link, in Gb/s"),
  trigger: z
    .string("expected a text; put it in quotes")
    .optional()
    .describe("any text: another one makes all links be measured again"),
});

/** The cluster file as a person writes it. */
export const clusterSchema = z.strictObject({
  user: userName.optional().describe("user to log in as, where a node does not say"),
  identityFile: keyFile.optional().describe("the cluster's key; ~/.ssh/minirack/STACK when left out"),
  ...featureShape,
  nodes: z
    .array(nodeSchema)
    .min(1, "expected at least one node; write its name and host")
    .describe("the computers of the shelf"),
  hooks: hooksRule.optional().describe("commands that run once, on every node"),
  mpi: mpiRule.optional().describe("MPI over the links, proved by an exchange between its nodes"),
  links: links
    .optional()
    .describe(
      "measures the links between nodes that have a linkAddress, when `pulumi up` makes or changes them",
    ),
  training: training.optional().describe("the training runner"),
  notebook: notebookRule.optional().describe("the notebook runner"),
});
export type ClusterFile = z.infer<typeof clusterSchema>;
