import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with `N passed, N failed` on a line of its own, for whoever reads the log by machine. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const hasFailedTest = (module: TestModule) =>
      [...module.children.allTests()].some((test) => test.result().state === "failed");
    const failedElsewhere = modules.filter((module) => module.state() === "failed" && !hasFailedTest(module));
    const broken = failedElsewhere.length + errors.length; // in a hook, or before the first test
    const skipped = count("skipped");
    const more = skipped > 0 ? `, ${skipped} skipped` : "";
    console.log(`\n${count("passed")} passed, ${count("failed") + broken} failed${more}`);
  }
}
