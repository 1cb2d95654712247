import { expect, test } from "vitest";
import { runCommand } from "../../../../runners/notebook/run/runCommand.ts";
import type { RunKind } from "../../../../runners/notebook/run/runOptions.ts";
import { failureOf } from "../../../support/failureOf.ts";

async function typed(kind: RunKind, ...words: string[]): Promise<unknown> {
  const calls: unknown[] = [];
  const command = runCommand(kind, async (one) => void calls.push(one));
  await command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(words, { from: "user" });
  return calls[0];
}

test("scripts/run-remote.sh takes what notebooks.md types", async () => {
  expect(await typed("notebook", "notebooks/23_train_model.ipynb", "baseline")).toEqual({
    file: "notebooks/23_train_model.ipynb",
    run: "baseline",
    stack: "dev",
  });
  expect(await typed("notebook", "23", "lr001", "-p", "learning_rate=0.001")).toEqual({
    file: "23",
    run: "lr001",
    stack: "dev",
    parameters: { learning_rate: 0.001 },
  });
});

test("scripts/run-remote-python.sh takes what notebooks.md types", async () => {
  expect(await typed("python", "src/test_remote.py", "smoke")).toMatchObject({ file: "src/test_remote.py" });
});

test("quantities have their units", async () => {
  const limits = ["--memory", "4g", "--cpus", "2", "--timeout", "1h", "--cell-timeout", "10m"];
  expect(await typed("notebook", "23", "x", ...limits)).toMatchObject({
    memory: 2 ** 32,
    cpus: 2,
    timeout: 3600,
    cellTimeout: 600,
  });
});

test("parameters and earlier runs may be several", async () => {
  const words = ["-p", "a=1", "-p", "b=x", "--results", "one", "--results", "two"];
  expect(await typed("notebook", "50", "x", ...words)).toMatchObject({
    parameters: { a: 1, b: "x" },
    results: ["one", "two"],
  });
});

test.each([
  [["--memory", "4"], "expected a memory of at least 6m with its unit (512m, 4g), found 4"],
  [["--timeout", "90"], "expected a time above 0 with its unit (90s, 30m, 1h), found 90"],
  [["-p", "a"], "expected name=value with a Python name (learning_rate=0.1), found a"],
  [["-p", "a=1", "-p", "a=2"], "expected each parameter once, found a twice"],
])("%j is refused", async (words, expected) => {
  expect((await failureOf(typed("notebook", "23", "x", ...words))).message).toContain(expected);
});
