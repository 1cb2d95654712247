import {
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { execa } from "execa";
import { type Header, type Pack, pack } from "tar-stream";
import { expect, test } from "vitest";
import { moveResults } from "../../../../runners/notebook/run/moveResults.ts";
import { nodeRun } from "../../../../runners/notebook/run/nodeRun.ts";
import { packScript } from "../../../../runners/notebook/run/runShell.ts";
import { unpackResults } from "../../../../runners/notebook/run/unpackResults.ts";
import { temporaryFolder } from "../../../support/temporaryFolder.ts";

async function archiveOf(fill: (tar: Pack) => void): Promise<string> {
  const archive = join(temporaryFolder(), "results.tar.gz");
  const tar = pack();
  fill(tar);
  tar.finalize();
  await pipeline(tar, createGzip(), createWriteStream(archive));
  return archive;
}

const named = (header: (index: number) => Partial<Header> & Pick<Header, "name">) => (tar: Pack) => {
  for (let index = 0; index < 20; index++) tar.entry(header(index), "");
};

const unpacked = async (archive: string, folder: string, mostBytes?: number) =>
  await unpackResults(createReadStream(archive), folder, mostBytes === undefined ? {} : { mostBytes });

/** What comes of an output, packed as a node packs it. */
async function brought(fill: (output: string) => unknown) {
  const runs = temporaryFolder();
  const at = nodeRun(runs, "baseline-0123abcd", false);
  mkdirSync(join(at.folder, "output"), { recursive: true });
  await fill(join(at.folder, "output"));
  const { stdout } = await execa("sh", { input: packScript(at), encoding: "buffer" });
  const folder = temporaryFolder();
  const leftOut = await unpackResults(Readable.from([Buffer.from(stdout)]), folder, {
    outputOnNode: `${at.folder}/output`,
  });
  return { output: join(folder, "output"), leftOut };
}

test("files and folders come as they were", async () => {
  const folder = temporaryFolder();
  const archive = await archiveOf((tar) => {
    tar.entry({ name: "output/", type: "directory" });
    tar.entry({ name: "output/deep/answer.txt" }, "42\n");
    tar.entry({ name: "output/empty" }, "");
    tar.entry({ name: "output/..dots" }, "a name, no way");
  });
  expect(await unpacked(archive, folder)).toEqual([]);
  expect(readFileSync(join(folder, "output/deep/answer.txt"), "utf8")).toBe("42\n");
  expect(readFileSync(join(folder, "output/empty"), "utf8")).toBe("");
  expect(existsSync(join(folder, "output/..dots"))).toBe(true);
});

test("what leads out of the folder, links that do and devices are left out and told", async () => {
  const folder = temporaryFolder();
  const archive = await archiveOf((tar) => {
    tar.entry({ name: "../outside" }, "x");
    tar.entry({ name: "/absolute" }, "x");
    tar.entry({ name: "output/device", type: "character-device" });
    tar.entry({ name: "output/link", type: "symlink", linkname: "/etc/passwd" });
    tar.entry({ name: "output/link/passwd" }, "a file of its own, below a folder");
    tar.entry({ name: "output/good" }, "good");
  });
  expect(await unpacked(archive, folder)).toEqual([
    { path: "../outside", why: "its name leads elsewhere" },
    { path: "/absolute", why: "its name leads elsewhere" },
    { path: "output/device", why: "a device" },
    { path: "output/link", why: "a link that leads out of the output, or nowhere" },
  ]);
  expect(readdirSync(join(folder, "output")).sort()).toEqual(["good", "link"]);
  expect(existsSync(join(folder, "../outside"))).toBe(false);
});

test("an archive that ends too early is an error", async () => {
  const archive = join(temporaryFolder(), "cut.tar.gz");
  const whole = await archiveOf((tar) => tar.entry({ name: "output/large" }, "x".repeat(100_000)));
  await pipeline([readFileSync(whole).subarray(0, 60)], createWriteStream(archive));
  await expect(unpacked(archive, temporaryFolder())).rejects.toThrow();
});

const tooLarge = "results: expected no more than was asked for first, got more";

test("more than there is room for is an error", async () => {
  const archive = await archiveOf((tar) => tar.entry({ name: "output/large" }, "x".repeat(100_000)));
  await expect(unpacked(archive, temporaryFolder(), 50_000)).rejects.toThrow(tooLarge);
});

const tooMany =
  "results: expected files, folders and links that there is room for, at most 1000000, got more; " +
  "pack or remove some in /runs/a/output, then scripts/runs fetch";

test.each<[string, (tar: Pack) => void, { mostNames?: number; mostBytes?: number }, string]>([
  ["folders", named((index) => ({ name: `output/${index}`, type: "directory" })), { mostNames: 10 }, tooMany],
  [
    "links",
    named((index) => ({ name: `output/${index}`, type: "symlink", linkname: "." })),
    { mostNames: 10 },
    tooMany,
  ],
  ["empty files", named((index) => ({ name: `output/${index}` })), { mostNames: 10 }, tooMany],
  ["pipes", named((index) => ({ name: `output/${index}`, type: "fifo" })), { mostNames: 10 }, tooMany],
  [
    "folders above a file",
    named(() => ({ name: `output/${"a/".repeat(30)}file` })),
    { mostNames: 10 },
    tooMany,
  ],
  [
    "folders above a link",
    named(() => ({ name: `output/${"a/".repeat(30)}link`, type: "symlink", linkname: "." })),
    { mostNames: 10 },
    tooMany,
  ],
  [
    "blocks of folders",
    named((index) => ({ name: `output/${index}`, type: "directory" })),
    { mostBytes: 40_000 },
    tooLarge,
  ],
  [
    "headers",
    named(() => ({ name: "elsewhere", pax: { comment: "x".repeat(30_000) } })),
    { mostBytes: 1, mostNames: 100 },
    tooLarge,
  ],
])("%s without end are an error", async (_, fill, room, error) => {
  const archive = createReadStream(await archiveOf(fill));
  const unpacking = unpackResults(archive, temporaryFolder(), { ...room, outputOnNode: "/runs/a/output" });
  await expect(unpacking).rejects.toThrow(error);
});

test("a name of a million characters is cut where it is named, and takes no memory", async () => {
  const long = "x".repeat(1_000_000);
  const archive = await archiveOf((tar) => {
    tar.entry({ name: `output/${long}`, type: "fifo" });
    tar.entry({ name: "output/link", type: "symlink", linkname: long });
  });
  expect(await unpacked(archive, temporaryFolder())).toEqual([
    { path: `output/${long}`.slice(0, 4096), why: "its name is too long here" },
    { path: "output/link", why: "it leads to a name that is too long here" },
  ]);
});

test("links within the output, hard links and those by the container's path come with their content", async () => {
  const { output, leftOut } = await brought((at) => {
    writeFileSync(join(at, "epoch_12.pt"), "wwwwwwwww");
    symlinkSync("epoch_12.pt", join(at, "best.pt"));
    symlinkSync("/output/epoch_12.pt", join(at, "absolute.pt"));
    linkSync(join(at, "epoch_12.pt"), join(at, "last.pt"));
    mkdirSync(join(at, "run-1"));
    symlinkSync("run-1", join(at, "latest"));
    symlinkSync(join(at, "run-1"), join(at, "run-1/itself"));
  });
  expect(leftOut).toEqual([]);
  for (const name of ["epoch_12.pt", "best.pt", "absolute.pt", "last.pt"])
    expect(readFileSync(join(output, name), "utf8")).toBe("wwwwwwwww");
  expect(readlinkSync(join(output, "latest"))).toBe("run-1");
  expect(readlinkSync(join(output, "run-1/itself"))).toBe(".");
});

test("links that lead out by way of others, pipes and sockets are named", async () => {
  const { output, leftOut } = await brought(async (at) => {
    mkdirSync(join(at, "p"));
    symlinkSync("..", join(at, "p/up"));
    symlinkSync("up/../outside", join(at, "p/away"));
    symlinkSync("away", join(at, "p/chain"));
    symlinkSync("nothing", join(at, "dangling"));
    symlinkSync("b", join(at, "a"));
    symlinkSync("a", join(at, "b"));
    await execa("mkfifo", [join(at, "pipe")]);
  });
  expect(leftOut.map(({ path, why }) => `${path}: ${why}`).sort()).toEqual([
    "output/a: a link that leads out of the output, or nowhere",
    "output/b: a link that leads out of the output, or nowhere",
    "output/dangling: a link that leads out of the output, or nowhere",
    "output/p/away: a link that leads out of the output, or nowhere",
    "output/p/chain: a link that leads out of the output, or nowhere",
    "output/pipe: a pipe",
  ]);
  expect(readdirSync(join(output, "p"))).toEqual(["up"]);
});

test("an output that is a link, as a run without a container can make it, is not followed", async () => {
  const home = temporaryFolder();
  writeFileSync(join(home, "owners"), "data");
  mkdirSync(join(home, "results/.incoming-x"), { recursive: true });
  const folder = join(home, "results/.incoming-x");
  const archive = await archiveOf((tar) => {
    tar.entry({ name: "output", type: "symlink", linkname: "../.." });
    tar.entry({ name: "launcher.json" }, "{}");
    tar.entry({ name: "output/kept" }, "kept");
  });
  expect(await unpacked(archive, folder)).toEqual([
    { path: "output", why: "the output is no folder" },
    { path: "launcher.json", why: "its name leads elsewhere" },
  ]);
  await moveResults(join(folder, "output"), join(home, "results"), undefined);
  expect([readdirSync(home).sort(), readdirSync(join(home, "results")).sort()]).toEqual([
    ["owners", "results"],
    [".incoming-x", "kept"],
  ]);
});

test("a link that goes by the name of the output's folder, which it has on the node alone, is named", async () => {
  const { output, leftOut } = await brought((at) => {
    writeFileSync(join(at, "file"), "");
    symlinkSync("../output/file", join(at, "around"));
  });
  const why = "a link that leads out of the output, or nowhere";
  expect([leftOut, readdirSync(output)]).toEqual([[{ path: "output/around", why }], ["file"]]);
});

test("names with any bytes: those that are text come, the others are named", async () => {
  const { output, leftOut } = await brought((at) => {
    writeFileSync(join(at, "two\nlines"), "1");
    writeFileSync(join(at, "Grüße \"'$(x)"), "2");
    writeFileSync(join(at, "n".repeat(250)), "3");
    writeFileSync(Buffer.concat([Buffer.from(`${at}/Gr`), Buffer.from([0xfc, 0xdf])]), "4");
  });
  expect(leftOut).toEqual([{ path: expect.stringContaining("output/Gr"), why: "its name is not UTF-8" }]);
  expect(readdirSync(output).sort()).toEqual(["Grüße \"'$(x)", "n".repeat(250), "two\nlines"]);
});

test("a sparse file of a TB comes as one, at once, with what is in it where it was", async () => {
  const { output, leftOut } = await brought((at) => {
    writeFileSync(join(at, "sparse"), "begun");
    truncateSync(join(at, "sparse"), 500 * 2 ** 30);
    writeFileSync(join(at, "sparse"), "ended", { flag: "a" });
    truncateSync(join(at, "sparse"), 2 ** 40);
    writeFileSync(join(at, "hole"), "");
    truncateSync(join(at, "hole"), 600 * 2 ** 20);
  });
  expect(leftOut).toEqual([]);
  const { size, blocks } = statSync(join(output, "sparse"));
  expect([size, blocks * 512 < 2 ** 20]).toEqual([2 ** 40, true]);
  const part = async (startByte: number) =>
    (await execa("dd", [`if=${join(output, "sparse")}`, "bs=1", "count=5", `skip=${startByte}`])).stdout;
  expect([await part(0), await part(500 * 2 ** 30)]).toEqual(["begun", "ended"]);
  expect(statSync(join(output, "hole")).size).toBe(600 * 2 ** 20);
});
