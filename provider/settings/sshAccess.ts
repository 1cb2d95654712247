import { z } from "zod";
import { inHome, loginUser, run, setLine } from "../shell/command.ts";
import { setting } from "./setting.ts";

const publicKey = z
  .string()
  .regex(/(ssh|ecdsa)-\S+ \S+ \S+$/, "expected a public key: type, base64, comment");
const authorizedKeys = inHome(".ssh/authorized_keys");

/**
 * The cluster's key is let in, and the node has a key of its own for its peers, made there and never read by us.
 * Names: `clusterKey` (the public key's line) and `nodeKey` (the type of the key made on the node).
 */
export const sshAccess = setting({
  key: "sshAccess",
  description: "who may log in: clusterKey → the cluster's public key; nodeKey → ed25519, made on the node",
  isWayIn: true,
  entry: z.union([publicKey, z.literal("ed25519")]),
  outputs: {
    nodePublicKey: z.string().optional().describe("public half of the key that was made on the node"),
    sshdPort: z.number().int().describe("port on which the node's sshd listens, as the node sees it"),
  },
  linux: {
    read: (wanted) =>
      [
        ...(wanted.clusterKey ? [showKey(wanted.clusterKey)] : []),
        "node_key_facts",
        `printf 'sshdPort\\t%s\\n' "$(sshd_port)"`,
      ].join("\n"),
    parse: (text, wanted) => {
      const rows = text.split("\n").filter((line) => line.includes("\t"));
      const facts = new Map(rows.map((row) => [row.split("\t")[0] ?? "", row.split("\t")[1] ?? ""]));
      const entries = Object.keys(wanted).map((key) => [key, facts.get(key) || null]);
      const nodePublicKey = facts.get("nodePublicKey") ?? null;
      return {
        entries: Object.fromEntries(entries),
        outputs: { nodePublicKey, sshdPort: Number(facts.get("sshdPort")) || 22 },
      };
    },
    plan: (actual, wanted) => {
      const steps: string[] = [];
      if (wanted.nodeKey && !actual.nodeKey) steps.push(folder, "make_node_key");
      if (!wanted.nodeKey && actual.nodeKey) steps.push("forget_node_key");
      if (wanted.clusterKey && actual.clusterKey !== wanted.clusterKey) {
        steps.push(folder, setLine(authorizedKeys, markOf(wanted.clusterKey), wanted.clusterKey));
      }
      if (!wanted.clusterKey && actual.clusterKey) {
        const mark = markOf(actual.clusterKey);
        steps.push(setLine(authorizedKeys, mark), setLine(authorizedKeys, nextMark(mark)));
      }
      return steps;
    },
  },
});

/** Makes the folder where there is none; leaves its mode alone where there is one. */
const folder = run("folder", inHome(".ssh"), "0700", loginUser);

function showKey(line: string): string {
  return `printf 'clusterKey\\t%s\\n' "$(${run("show_line", authorizedKeys, markOf(line))})"`;
}

/**
 * Marks the line of a key that is to take another's place: rotation puts it there, and takes it away. No name of a node ends
 * like it: `-next` may be one's.
 */
export function nextMark(mark: string): string {
  return `${mark}+next`;
}

/** A public key's comment names who put it there, so it marks the line as ours. */
function markOf(line: string): string {
  return ` ${line.split(" ").slice(2).join(" ")}`;
}
