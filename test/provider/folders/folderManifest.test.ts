import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { folderManifest, keptManifest } from "../../../provider/folders/folderManifest.ts";
import { manifestDigest, manifestText } from "../../../provider/folders/manifest.ts";
import { patient } from "../../support/patient.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const rules = {
  ignoreFiles: [".gitignore", ".minirackignore"],
  ignore: ["*.tmp"],
  mode: (isExecutable: boolean) => (isExecutable ? "0755" : "0644"),
};

function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const paths = (folder: string) => folderManifest(folder, rules).files.map(({ path }) => path);

beforeEach(() => {
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder());
  return () => vi.unstubAllEnvs();
});

describe("a folder's manifest", () => {
  test("has a line for each file, sorted, whose own SHA-256 is the digest", () => {
    const folder = folderWith({ "b/c.txt": "two\n", "a b.txt": "one\n" });
    chmodSync(join(folder, "a b.txt"), 0o755);
    const { digest } = folderManifest(folder, rules);
    const { text, files } = keptManifest(digest);
    expect(text).toBe(
      "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806\t0755\t4\ta b.txt\n" +
        "27dd8ed44a83ff94d557f9fd0412ed5a8cbca69ea04922d88c01184a07300a5a\t0644\t4\tb/c.txt\n",
    );
    expect([manifestText(files), manifestDigest(text)]).toEqual([text, digest]);
  });

  test("leaves out what git would, what .minirackignore and the cluster file say, and .git itself", () => {
    const folder = folderWith({
      ...{ ".gitignore": "data/\n*.log\n!keep.log\n", "data/x": "", "a.log": "", "keep.log": "" },
      ...{
        "src/.gitignore": "!b.log\n/local.py\n",
        "src/b.log": "",
        "src/local.py": "",
        "src/in/local.py": "",
      },
      ...{ ".minirackignore": "notes.md\n", "notes.md": "", ".git/HEAD": "", "c.tmp": "", "src/main.py": "" },
    });
    expect(paths(folder).sort()).toEqual([
      ...[".gitignore", ".minirackignore", "keep.log", "src/.gitignore", "src/b.log", "src/in/local.py"],
      "src/main.py",
    ]);
  });

  test("sends a link to a file as that file, and refuses one to a folder by its name", () => {
    const folder = folderWith({ "a.txt": "one\n", "b/c.txt": "" });
    symlinkSync("a.txt", join(folder, "link.txt"));
    expect(paths(folder)).toContain("link.txt");
    symlinkSync("b", join(folder, "folder"));
    expect(() => paths(folder)).toThrow(
      `${folder}: expected files and folders, got folder, which is neither; ignore it`,
    );
  });

  test("refuses a link that leads out of the folder, or to what is not sent, by its name", () => {
    const folder = folderWith({ "in/a.txt": "", "in/.gitignore": "pw\n", "in/pw": "", key: "secret" });
    const inside = join(folder, "in");
    symlinkSync("../key", join(inside, "out"));
    expect(() => paths(inside)).toThrow(
      `${inside}: expected links that stay in it, got out, which leads out of it; put the file itself there or ignore it`,
    );
    rmSync(join(inside, "out"));
    symlinkSync("pw", join(inside, "b.txt"));
    expect(() => paths(inside)).toThrow(
      `${inside}: expected links to what is sent, got b.txt, which leads to pw; put the file itself there or ignore it`,
    );
  });

  test("follows git-annex's links to its contents", () => {
    const folder = folderWith({ ".git/annex/objects/x": "one\n", "a.txt": "" });
    symlinkSync(".git/annex/objects/x", join(folder, "data.csv"));
    expect(paths(folder).sort()).toEqual(["a.txt", "data.csv"]);
  });

  test("refuses names that no line could hold, an empty folder and none", () => {
    const folder = folderWith({ "a\nb": "" });
    expect(() => paths(folder)).toThrow(
      `${folder}: expected names without tab, newline and backslash, got "a\\nb"; rename it or ignore it`,
    );
    const empty = temporaryFolder();
    expect(() => paths(empty)).toThrow(`${empty}: expected files to send, got none; put some there`);
    expect(() => paths(`${empty}/no`)).toThrow(
      `${empty}/no: expected a folder to send, got none; make it or correct the path`,
    );
  });

  test("takes a checksum anew only where a file's looks have changed", () => {
    const folder = folderWith({ "a.txt": "one\n" });
    const before = folderManifest(folder, rules).digest;
    writeFileSync(join(folder, "a.txt"), "eno\n");
    const past = new Date(Date.now() - 60_000);
    utimesSync(join(folder, "a.txt"), past, past);
    expect(folderManifest(folder, rules).digest).not.toBe(before);
  });

  test("that nobody looked for is an error", () => {
    expect(() => keptManifest("0000")).toThrow(/^expected the manifest \S+\/folders\/manifests\/0000, which/);
  });
});

describe("the checksums of an earlier look", () => {
  test("are trusted for files whose size, times and inode are the same", async () => {
    const folder = folderWith({ "a.txt": "one\n" });
    await vi.waitFor(() => {
      folderManifest(folder, rules);
      expect(cached()).toContain("2c8b08da"); // not before the file is two seconds old
    }, patient);
    writeFileSync(cacheFile(), cached().replace("2c8b08da", "ffffffff"));
    expect(folderManifest(folder, rules).files[0]?.sha256).toMatch(/^ffffffff/);
    function cacheFile(): string {
      const name = manifestDigest(folder);
      return join(process.env.XDG_CACHE_HOME ?? "", "minirack/folders/checksums", `${name}.json`);
    }
    function cached(): string {
      return readFileSync(cacheFile(), "utf8");
    }
  });
});
