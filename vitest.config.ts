import { defineConfig } from "vitest/config";

/** `unit` needs only Node; `python` makes an environment of PyPI packages; `lab` needs Docker, Pulumi's CLI and the lab's nodes. */
export default defineConfig({
  test: {
    reporters: ["default", "./test/support/testTimes.ts", "./test/support/closingLine.ts"],
    tags: [{ name: "matrix", description: "left out by npm test, run by npm run test:all" }],
    projects: [
      {
        test: {
          name: "unit",
          isolate: false, // no test mocks modules; loading them once saves most of the time
          testTimeout: 10 * 60_000, // a hung test ends; a slow computer ends none
          hookTimeout: 10 * 60_000,
          include: ["test/**/*.test.ts"],
          exclude: ["test/lab/**", "test/long/**", "test/vm/**", "test/runners/python.test.ts"],
          setupFiles: ["test/support/seededProperties.ts"],
        },
      },
      { test: { name: "python", testTimeout: 20 * 60_000, include: ["test/runners/python.test.ts"] } },
      {
        test: {
          name: "long",
          include: ["test/long/**/*.test.ts"],
          testTimeout: 3 * 60 * 60_000,
          hookTimeout: 20 * 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "vm",
          include: ["test/vm/**/*.test.ts"],
          testTimeout: 60 * 60_000, // emulated: minutes are its seconds
          hookTimeout: 60 * 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "lab",
          include: ["test/lab/**/*.test.ts"],
          testTimeout: 20 * 60_000,
          hookTimeout: 20 * 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
