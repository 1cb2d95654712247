import { sectionedScript } from "../../provider/shell/script.ts";
import { stepText } from "../../provider/shell/stepText.ts";
import type { Target } from "../../provider/transport/connect.ts";
import { lastLines, NodeError } from "../../provider/transport/nodeError.ts";
import { NodeSession } from "../../provider/transport/nodeSession.ts";
import { pooledNode } from "../../provider/transport/pool.ts";

/** Runs commands of the prelude on a node as root, one after the other; resolves with their stdout. */
export async function onNode(target: Target, commands: string[]): Promise<string> {
  const script = sectionedScript([{ text: commands.join("\n") }]);
  const { stdout } = await pooledNode(target).session.run({ text: script.text, asRoot: true });
  const [answer] = script.parse(stdout);
  if (answer?.code === 0 && script.isWhole(stdout)) return answer.stdout.trim();
  throw new NodeError({
    node: target.name,
    subject: "keys",
    expected: `to ${stepText(commands.at(-1) ?? "")}`,
    found: lastLines(answer?.stderr ?? "no end of the script"),
    remedy: "mend what the lines above say, then run scripts/rotate-keys again: it goes on where it stopped",
  });
}

/** Logs in by a new connection and this key alone; rejects with a NodeError where the node refuses. */
export async function expectLogin({ name, connection }: Target, identityFile: string): Promise<void> {
  const session = new NodeSession({ name, connection: { ...connection, identityFile } });
  try {
    await session.run({ text: "exit 0\n", timeoutSeconds: 30 });
  } finally {
    await session.close();
  }
}
