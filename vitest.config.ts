import { defineConfig } from "vitest/config";

/** Two projects: `unit` needs only Node; `lab` needs Docker, Pulumi's CLI and the lab's nodes. */
export default defineConfig({
  test: {
    reporters: ["default", "./test/support/closingLine.ts"],
    projects: [
      { test: { name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/lab/**"] } },
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
