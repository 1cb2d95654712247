import { describe, expect, test } from "vitest";
import {
  type EarlierState,
  forgetEarlierState,
  recordPath,
  remember,
  splitEarlierState,
  writeEarlierState,
} from "../../provider/earlierState.ts";

const earlier: EarlierState = {
  version: 1,
  stack: "minirack/dev",
  node: "mini1",
  setting: "packages",
  entries: { jq: null },
};

describe("the record of the earlier state", () => {
  test("is one file per setting, or per purpose", () => {
    expect([recordPath("packages"), recordPath("files", "training")]).toEqual([
      "/var/lib/minirack/packages",
      "/var/lib/minirack/files.training",
    ]);
  });

  test("is for root alone", () => {
    expect(writeEarlierState("/var/lib/minirack/packages", earlier)).toBe(
      `put /var/lib/minirack/packages.json 0600 root:root '${JSON.stringify(earlier)}\n'\nsync "$records"`,
    );
  });

  test("comes off the front of what was read", () => {
    const stamp = `${JSON.stringify(earlier)}\t3f1c`;
    expect(splitEarlierState(`${stamp}\njq installed\n`)).toEqual({
      earlier,
      stamp,
      rest: "jq installed\n",
    });
    expect(splitEarlierState("\t\njq installed\n")).toEqual({
      earlier: undefined,
      stamp: "\t",
      rest: "jq installed\n",
    });
    expect(splitEarlierState("")).toEqual({ earlier: undefined, stamp: "", rest: "" });
  });

  test("keeps what was seen first", () => {
    expect(remember(earlier, { jq: "installed", tmux: "installed" }).entries).toEqual({
      jq: null,
      tmux: "installed",
    });
  });

  test("goes with what belongs to it", () => {
    expect(forgetEarlierState("/var/lib/minirack/packages")).toEqual([
      "put_copies_back",
      "rm -rf /var/lib/minirack/packages.json /var/lib/minirack/packages.added /var/lib/minirack/packages.absent /var/lib/minirack/packages.configured /var/lib/minirack/packages.displaced /var/lib/minirack/packages.forwarding /var/lib/minirack/packages.hosts /var/lib/minirack/packages.hostname",
      "unmake",
    ]);
  });

  test("of a version that we do not know is not taken for one that we do", () => {
    expect(() => splitEarlierState(`${JSON.stringify({ ...earlier, version: 2 })}\n`)).toThrow();
  });
});
