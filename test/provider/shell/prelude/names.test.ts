import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../../../provider/shell/command.ts";
import { prelude } from "../../../../provider/shell/prelude.ts";
import { nodeSandbox } from "../../../support/nodeSandbox.ts";
import { hasLinuxShell } from "../../../support/realShell.ts";

const debian = "127.0.0.1\tlocalhost\n127.0.1.1\tmini1.home mini1\n\n::1     localhost\n";

/** A node with a file of hosts, and lines run there after the prelude. */
function hostsFile(content: string) {
  const sandbox = nodeSandbox();
  const path = join(sandbox.root, "hosts");
  writeFileSync(path, content, { mode: 0o640 });
  const type = (...lines: string[]) =>
    sandbox.run(
      "sh -s",
      `${prelude}\nmkdir -p "$records"\nrecord=$records/names\nhosts_file=${path}\n${lines.join("\n")}\n`,
    );
  const typed = async (...lines: string[]) => {
    const { code, stdout, stderr } = await type(...lines);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout;
  };
  const copy = join(sandbox.records, "names.hosts");
  return { path, type, typed, copy, text: () => readFileSync(path, "utf8") };
}

const set = (hostname: string, ...lines: string[]) =>
  run("hosts_set", hostname, ...lines.map((line) => `${line} # minirack`));

describe.runIf(hasLinuxShell)("hosts_set", () => {
  test("adds our lines and keeps those of others, the file's mode too", async () => {
    const { typed, text, path } = hostsFile(debian);
    await typed(set("mini1", "172.31.0.11\tmini1-link", "172.31.0.12\tmini2-link b.rack"));
    expect(text()).toBe(
      `${debian}172.31.0.11\tmini1-link # minirack\n172.31.0.12\tmini2-link b.rack # minirack\n`,
    );
    expect(statSync(path).mode & 0o777).toBe(0o640);
    await typed(set("", "172.31.0.12\tc"));
    expect(text()).toBe(`${debian}172.31.0.12\tc # minirack\n`);
  });

  test("gives the node's own name to 127.0.1.1 where no line has it", async () => {
    const { typed, text } = hostsFile(debian);
    await typed(set("rack1"));
    expect(text()).toBe(`${debian}127.0.1.1\track1 # minirack\n`);
    await typed(set("rack1", "172.31.0.11\track1"));
    expect(text()).toBe(`${debian}172.31.0.11\track1 # minirack\n`);
    await typed(set("MINI1"));
    expect(text()).toBe(debian);
  });

  test("sets Debian's line aside while ours has its name, and puts it back", async () => {
    const { typed, text, copy } = hostsFile(debian);
    await typed(set("mini1", "172.31.0.11\tmini1"));
    expect(text()).toBe(
      `${debian.replace("127.0.1.1", "# minirack: 127.0.1.1")}172.31.0.11\tmini1 # minirack\n`,
    );
    await typed(set("mini1"));
    expect([text(), existsSync(copy)]).toEqual([debian, false]);
  });

  test("puts a file back to the end of its last line", async () => {
    const { typed, text } = hostsFile("127.0.0.1 localhost");
    await typed(set("", "10.0.0.1\ta"));
    expect(text()).toBe("127.0.0.1 localhost\n10.0.0.1\ta # minirack\n");
    await typed(set(""));
    expect(text()).toBe("127.0.0.1 localhost");
  });

  test("keeps what others changed meanwhile", async () => {
    const { typed, text, path } = hostsFile(debian);
    await typed(set("", "10.0.0.1\ta"));
    writeFileSync(path, `10.0.0.2 theirs\n${text()}`);
    await typed(set(""));
    expect(text()).toBe(`10.0.0.2 theirs\n${debian}`);
  });

  test("refuses a name that somebody else gave to another address, and changes nothing", async () => {
    const theirs = `${debian}10.0.0.9 b mini2-link\n`;
    const { type, text, path } = hostsFile(theirs);
    const { code, stderr } = await type(set("", "172.31.0.12\tmini2-link"));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        `expected nobody else to have a name of 172.31.0.12 (mini2-link), got ${path}:5 (10.0.0.9 b mini2-link); ` +
        "take it out there, or choose another name\n",
    });
    expect(text()).toBe(theirs);
  });
});

describe.runIf(hasLinuxShell)("hosts_show", () => {
  test("prints our lines for the addresses, and who else has their names", async () => {
    const ours = "10.0.0.1\ta A.rack # minirack\n10.0.0.2\tb # minirack\n10.0.0.3\tc # minirack\n";
    const { typed } = hostsFile(`${debian}10.0.0.1 d\n10.0.0.9 a.rack # somebody\n${ours}`);
    const rows = (await typed(run("hosts_show", "10.0.0.1", "10.0.0.2", "10.0.0.4"))).split("\n");
    expect(rows.filter((row) => row !== "").sort()).toEqual(["10.0.0.1\ta A.rack\t6", "10.0.0.2\tb\t"]);
  });

  test("prints nothing where there is no file", async () => {
    const { typed } = hostsFile("");
    expect(await typed('rm "$hosts_file"', run("hosts_show", "10.0.0.1"))).toBe("");
  });
});
