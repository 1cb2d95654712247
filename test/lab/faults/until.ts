import type { TestLab } from "../../support/testLab.ts";

/**
 * Waits on a node until a shell condition holds, at most a minute.
 * @throws Error when it never does
 */
export async function until(lab: TestLab, node: string, condition: string): Promise<void> {
  await lab.on(
    node,
    `tries=0; until ${condition}; do [ $tries -lt 600 ] || exit 1; sleep 0.1; tries=$((tries + 1)); done`,
  );
}
