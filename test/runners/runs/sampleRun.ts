import type { RunMetadata } from "../../../runners/runs/runMetadata.ts";

/** Metadata of a run that goes on, with what a test cares about in it. */
export function sampleMetadata(change: Partial<RunMetadata> = {}): RunMetadata {
  return {
    run: "baseline",
    runner: "notebook",
    key: "a".repeat(64),
    status: "running",
    startedAt: "2026-11-24T10:12:30.000Z",
    stack: "dev",
    nodes: [{ name: "mini2" }],
    commit: { hash: "c".repeat(40), isDirty: true },
    code: { sha256: "b".repeat(64) },
    environment: { baseImage: "python:3.13-slim", packages: { numpy: "2.4.6" } },
    data: { prices: { path: "/srv/data/prices", digest: "d".repeat(64) } },
    parameters: { epochs: 3 },
    ...change,
  };
}

/** Metadata of one that has finished. */
export function finishedMetadata(change: Partial<RunMetadata> = {}): RunMetadata {
  return sampleMetadata({
    status: "finished",
    exit: { code: 0, reason: "finished" },
    finishedAt: "2026-11-24T10:12:42.500Z",
    seconds: 12.5,
    ...change,
  });
}
