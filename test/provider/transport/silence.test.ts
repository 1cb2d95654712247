import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { untilSilent } from "../../../provider/transport/silence.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(sink = new PassThrough().resume()) {
  const stdout = new PassThrough();
  const payload = new PassThrough();
  const { silent, release } = untilSilent([stdout, payload], { node: "mini1", silentSeconds: 120, sink });
  const said = vi.fn();
  silent.catch((error: Error) => said(error.message));
  return { stdout, payload, said, release };
}

test("a node that says something now and then may take as long as it likes", async () => {
  const { stdout, said, release } = watched();
  for (let count = 0; count < 100; count++) {
    await vi.advanceTimersByTimeAsync(119_000);
    stdout.emit("data", Buffer.from("."));
  }
  expect(said).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(said).toHaveBeenCalledWith(
    "node mini1: connect: expected something of what was asked for at least every 120 s, got silence; " +
      "look at the node's load, disks and network, then run the command again",
  );
  release();
});

test("a node that takes what is sent is not silent; one that holds it up is", async () => {
  const { payload, said, release } = watched();
  for (let count = 0; count < 100; count++) {
    await vi.advanceTimersByTimeAsync(119_000);
    payload.emit("data", Buffer.from("."));
  }
  expect(said).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(said).toHaveBeenCalledOnce();
  release();
});

test("a sink that is slow to take what came is not the node's silence", async () => {
  const sink = new PassThrough();
  const { said, release } = watched(sink);
  sink.write(Buffer.alloc(sink.writableHighWaterMark * 3));
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(said).not.toHaveBeenCalled();
  sink.resume();
  await vi.advanceTimersByTimeAsync(240_000);
  expect(said).toHaveBeenCalledOnce();
  release();
});
