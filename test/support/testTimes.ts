import { relative } from "node:path";
import type { Reporter, TestModule, Vitest } from "vitest/node";
import { root } from "../../scripts/lab/labStack.ts";
import {
  type FileRun,
  noteTimes,
  readResult,
  withAgain,
  writeResult,
} from "../../scripts/testRuns/testRun.ts";

/**
 * Writes down how long each test file took, for `npm run test:times`; the run's result too, where MINIRACK_TEST_RESULT
 * names a file: a new one, or with MINIRACK_TEST_AGAIN one that is there.
 */
export default class TestTimes implements Reporter {
  private readonly started = Date.now();
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const { testNamePattern, tagsFilter = [] } = this.vitest?.config ?? {};
    const run = {
      at: new Date().toISOString(),
      seconds: Math.round((Date.now() - this.started) / 1000),
      files: modules.map(fileRun).sort((one, other) => other.seconds - one.seconds),
    };
    if (testNamePattern === undefined) noteTimes(tagsFilter.length > 0 ? "test" : "all", run);
    const { MINIRACK_TEST_RESULT: file, MINIRACK_TEST_AGAIN: again } = process.env;
    if (file) writeResult(file, again ? withAgain(readResult(file), run) : run);
  }
}

function fileRun(module: TestModule): FileRun {
  const states = [...module.children.allTests()].map((test) => test.result().state);
  const count = (state: string) => states.filter((one) => one === state).length;
  const { duration, collectDuration, environmentSetupDuration, prepareDuration, setupDuration } =
    module.diagnostic();
  const isBroken = module.state() === "failed" && count("failed") === 0; // in a hook, or before the first test
  const all = duration + collectDuration + environmentSetupDuration + prepareDuration + setupDuration;
  return {
    file: relative(root, module.moduleId),
    passed: count("passed"),
    failed: count("failed") + (isBroken ? 1 : 0),
    skipped: count("skipped"),
    seconds: Math.round(all / 100) / 10,
  };
}
