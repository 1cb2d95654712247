import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NotebookOutputs } from "../../runners/notebook/notebookOutputs.ts";
import { readNotebook } from "../../runners/notebook/readNotebook.ts";
import { notebookRuns } from "../../runners/notebook/run/remoteRuns.ts";
import { type RunOptions, runOptions } from "../../runners/notebook/run/runOptions.ts";
import { runRemote } from "../../runners/notebook/run/runRemote.ts";
import { findRun } from "../../runners/runs/findRun.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { endTestCluster, type TestCluster } from "../support/testCluster.ts";
import { notebookProject } from "./notebook/notebookProject.ts";
import { provisionedRunsNode } from "./notebook/runsNode.ts";
import { cycleLab } from "./settings/cycleLab.ts";

const [stack] = cycleLab;

describe.sequential("runs that are up to no good, at a node's own engine", { tags: "matrix" }, () => {
  const project = notebookProject(mkdtempSync(join(tmpdir(), "minirack-test-")));
  let cluster: TestCluster;
  let outputs: NotebookOutputs;
  let lines: string[] = [];

  beforeAll(async () => {
    cluster = await provisionedRunsNode();
    outputs = await readNotebook(root, stack);
  });
  afterAll(async () => {
    rmSync(project.root, { recursive: true });
    await endTestCluster(cluster);
  });

  const go = async (change: Partial<RunOptions> & Pick<RunOptions, "file" | "run">) => {
    lines = [];
    const print = (line: string) => lines.push(line);
    const options = runOptions({ root: project.root, stack, kind: "notebook", print, ...change });
    return await runRemote(options, { readNotebook: async () => outputs });
  };
  const runs = notebookRuns(project.root, { readNotebook: async () => outputs });
  const result = (run: string, name: string) =>
    readFileSync(join(project.root, "results", run, name), "utf8");
  const onNode = (script: string) => cluster.lab.on("mini1", script);
  const escaped = () => onNode("ls /home/rack/ESCAPED 2> /dev/null || true");

  test("a notebook that leaves a link as its log: nothing is written where it leads", async () => {
    project.notebook(
      "90_escape.ipynb",
      "import os\nos.symlink('/home/rack/ESCAPED', '/output/execution.log')\nprint('written by the notebook')",
    );
    await go({ file: "90", run: "escape" });
    expect(await escaped()).toBe("");
    expect(result("escape", "execution.log")).toContain("written by the notebook\n");
  });

  test("a script that puts a link in place of its log: the same", async () => {
    project.write(
      "src/escape.py",
      "import os\nos.unlink('/output/execution.log')\nos.symlink('/home/rack/ESCAPED', '/output/execution.log')\nprint('written by the script')\n",
    );
    await go({ kind: "python", file: "src/escape.py", run: "script" });
    expect(await escaped()).toBe("");
    expect(result("script", "execution.log")).toBe("written by the script\n");
  });

  test.each([
    ["a link to what has no end", "os.symlink('/dev/zero', new)"],
    ["a pipe", "os.mkfifo(new)"],
    ["a file of 600 MB", "open(new, 'w'); os.truncate(new, 600 << 20)"],
  ])("a run that goes on and says how it stands by %s is listed at once", async (_, make) => {
    const said = `import os, time\nnew = '/output/.minirack/new'\n${make}\nos.replace(new, '/output/.minirack/outcome.json')\n`;
    project.write("src/odd.py", `${said}print('begun', flush=True)\ntime.sleep(600)\n`);
    const { metadata } = await go({
      kind: "python",
      file: "src/odd.py",
      run: "odd",
      isTimestamped: true,
      isDetached: true,
    });
    const left = await findRun(join(project.root, "results"), metadata.run);
    await expect
      .poll(async () => onNode(`docker logs minirack-${metadata.remote?.id} 2>&1`), { timeout: 60_000 })
      .toBe("begun");
    expect(await runs.status(left)).toEqual({ isRunning: true, line: "running" });
    await runs.stop(left);
    expect((await runs.fetch(left)).status).not.toBe("running");
  });

  test("links, closed files and sparse ones come home; what cannot is named and stays on the node", async () => {
    project.notebook(
      "91_odd.ipynb",
      [
        "import os",
        "os.chdir('/output')",
        "open('epoch_12.pt', 'w').write('w' * 9)",
        "os.symlink('/output/epoch_12.pt', 'best.pt')",
        "os.link('epoch_12.pt', 'last.pt')",
        "os.mkdir('.incoming'); open('.incoming/file', 'w').write('mine')",
        "os.mkdir('closed'); open('closed/file', 'w').write('closed'); os.chmod('closed', 0)",
        "open('sparse', 'w'); os.truncate('sparse', 1 << 40)",
        "os.mkfifo('pipe'); os.symlink('/etc/passwd', 'away'); open(b'Gr\\xfc', 'w')",
      ].join("\n"),
    );
    const { metadata } = await go({ file: "91", run: "odd_output" });
    for (const name of ["epoch_12.pt", "best.pt", "last.pt"])
      expect(result("odd_output", name)).toBe("wwwwwwwww");
    expect([result("odd_output", ".incoming/file"), result("odd_output", "closed/file")]).toEqual([
      "mine",
      "closed",
    ]);
    expect(statSync(join(project.root, "results/odd_output/sparse")).size).toBe(2 ** 40);
    const { folder = "", files = [], count } = metadata.leftOut ?? {};
    expect([count, files.map(({ path }) => path).sort()]).toEqual([3, ["Gr\uFFFD", "away", "pipe"]]);
    expect(lines.filter((line) => line.startsWith("left out: "))).toHaveLength(1);
    expect(await onNode(`ls '${folder}/output'`)).toContain("pipe");
    await onNode(`rm -rf '${folder}'`);
  });

  test("a run that cannot start leaves nothing on the node", async () => {
    const limits = { hasNetwork: false, cpus: 4000 };
    project.notebook("92_never.ipynb", "1");
    const before = await onNode("ls -A /srv/minirack/runs");
    await expect(go({ file: "92", run: "never", limits })).rejects.toThrow(/CPUs/);
    expect(await onNode("docker ps -aq; ls -A /srv/minirack/runs")).toBe(before);
  });

  test("nothing else of all this is left on the node: two logs that were links could not come", async () => {
    const left = await onNode("docker ps -aq; ls -A /srv/minirack/runs");
    expect(left).toMatch(/^escape-[0-9a-f]{8}\nscript-[0-9a-f]{8}$/);
  });
});
