import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { getBaseImage } from "../../runners/notebook/image/baseImage.ts";
import type { NotebookOutputs } from "../../runners/notebook/notebookOutputs.ts";
import { readNotebook } from "../../runners/notebook/readNotebook.ts";
import { notebookRuns } from "../../runners/notebook/run/remoteRuns.ts";
import { type RunOptions, runOptions } from "../../runners/notebook/run/runOptions.ts";
import { runRemote } from "../../runners/notebook/run/runRemote.ts";
import { findRun } from "../../runners/runs/findRun.ts";
import { labReboot } from "../../scripts/lab/labReboot.ts";
import { root } from "../../scripts/lab/labStack.ts";
import { patient } from "../support/patient.ts";
import { endTestCluster, freshTestCluster, type TestCluster } from "../support/testCluster.ts";
import { notebookProject } from "./notebook/notebookProject.ts";
import { loadOtherImage } from "./notebook/otherImage.ts";

const stack = "devn";
const clusterFile = "test/lab/notebook/notebook.yaml";

describe.sequential("notebooks and scripts on a node's own engine", () => {
  const project = notebookProject(mkdtempSync(join(tmpdir(), "minirack-test-")));
  let cluster: TestCluster;
  let outputs: NotebookOutputs;
  let lines: string[] = [];

  beforeAll(async () => {
    cluster = await freshTestCluster({
      stack,
      clusterFile,
      lab: ["labn", 4800, "172.31.38.0/24", ["mini1"]],
    });
    await cluster.pulumi("up", "--yes", "--skip-preview");
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
  /** A run that goes on without us, as `scripts/runs` finds it. */
  const going = async (change: Parameters<typeof go>[0]) =>
    await findRun(join(project.root, "results"), (await go(change)).metadata.run);
  const failing = async (change: Parameters<typeof go>[0]): Promise<string> => {
    const error: unknown = await go(change).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return error instanceof Error ? error.message : `no error: ${lines.join("\n")}`;
  };
  const runs = notebookRuns(project.root, { readNotebook: async () => outputs });
  const result = (run: string, name: string) =>
    readFileSync(join(project.root, "results", run, name), "utf8");
  const metadata = (run: string) => JSON.parse(result(run, "metadata.json"));
  const onNode = (script: string) => cluster.lab.on("mini1", script);
  const runCount = async () => Number(await onNode("docker ps -aq | wc -l"));

  test("a first run brings its results, its lines and what is known of it", async () => {
    project.write("src/squares.py", "def square(n):\n    return n * n\n");
    project.notebook(
      "10_square.ipynb",
      "# parameters\nn = 3",
      "import os\nfrom squares import square\nprint('square', square(n))",
      "open(os.environ['MINIRACK_OUTPUT'] + '/answer.txt', 'w').write(str(square(n)))",
      "assert open('/data/prices/2024.csv').read()",
    );
    const { isFound } = await go({ file: "10", run: "first", parameters: { n: 4 } });
    expect(isFound).toBe(false);
    expect(lines).toContain("square 16");
    expect(result("first", "answer.txt")).toBe("16");
    expect(result("first", "executed.ipynb")).toContain("square 16");
    expect(result("first", "requirements.lock")).toMatch(/^ipykernel==/m);
    expect(metadata("first")).toMatchObject({
      run: "first",
      runner: "notebook",
      status: "finished",
      exit: { code: 0, reason: "finished" },
      nodes: [{ name: "mini1" }],
      parameters: { n: 4 },
      data: { prices: { path: "/srv/data/prices", digest: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      peakMemoryBytes: expect.any(Number),
      bound: { wireBytes: expect.any(Number), missingLayerBytes: expect.any(Number) },
    });
    expect(await runCount()).toBe(0);
  });

  test("the same work is found, under whatever name; --force does it again", async () => {
    const { isFound, metadata: found } = await go({ file: "10", run: "again", parameters: { n: 4 } });
    expect({ isFound, run: found.run }).toEqual({ isFound: true, run: "first" });
    expect(lines.at(-1)).toMatch(/^found results\/first of \S+ \S+ UTC: the same code/);
    expect(existsSync(join(project.root, "results/again"))).toBe(false);
    expect((await go({ file: "10", run: "again", parameters: { n: 4 }, force: true })).isFound).toBe(false);
  });

  test("of a changed notebook its own layer alone is sent", async () => {
    project.notebook("10_square.ipynb", "# parameters\nn = 3", "print('cube', n ** 3)");
    await go({ file: "10", run: "changed" });
    expect(lines).toContain("cube 27");
    const { wireBytes, missingLayerBytes } = metadata("changed").bound;
    expect(missingLayerBytes).toBeLessThan(20_000);
    expect(wireBytes).toBeLessThan(20_000 + 1.2 * missingLayerBytes);
  });

  test("of changed requirements the packages' layer is sent, and they are there", {
    tags: "matrix",
  }, async () => {
    project.write("requirements.txt", "toolz==1.0.0\n");
    project.notebook("11_packages.ipynb", "import toolz\nprint('toolz', toolz.__version__)");
    await go({ file: "11", run: "packages" });
    expect(lines).toContain("toolz 1.0.0");
    const { bound, environment } = metadata("packages");
    expect(environment.packages).toMatchObject({ toolz: "1.0.0" });
    expect(bound.missingLayerBytes).toBeGreaterThan(1_000_000);
    expect(bound.wireBytes).toBeLessThan(1.01 * bound.missingLayerBytes);
    project.write("requirements.txt", "");
  });

  test("a name that is taken by other work is refused before anything is sent", async () => {
    expect(await failing({ file: "10", run: "first", parameters: { n: 5 } })).toMatch(
      /^run first: expected a name that is free, got /,
    );
  });

  test("a base image for another processor is refused, with the way to the right one", {
    tags: "matrix",
  }, async () => {
    const [own, other] = process.arch === "arm64" ? ["arm64", "amd64"] : ["amd64", "arm64"];
    const image = "minirack-test-base:other";
    await loadOtherImage(image, other ?? "");
    await expect(getBaseImage(image, () => {})).rejects.toThrow(
      `base image ${image}: expected one for linux/${own}, got one for linux/${other}; pull the other: docker pull --platform linux/${own} ${image}`,
    );
    await execa("docker", ["rmi", image]);
  });

  test("a failing cell: its error is the reason, and what there is comes home", async () => {
    project.notebook("20_fails.ipynb", "print('before')", "1 / 0", "print('after')");
    expect(await failing({ file: "20", run: "fails" })).toMatch(
      /^run fails: cell 2 of 3: ZeroDivisionError: division by zero/,
    );
    expect(result("fails", "executed.ipynb")).toContain("before");
    expect(metadata("fails")).toMatchObject({ status: "failed", exit: { code: 1 } });
  });

  test("a kernel that is killed", { tags: "matrix" }, async () => {
    project.notebook("21_dies.ipynb", "print('before')", "import os\nos.kill(os.getpid(), 9)");
    expect(await failing({ file: "21", run: "dies" })).toMatch(/^run dies: cell 2 of 2: .*kernel died/);
    expect(result("dies", "executed.ipynb")).toContain("before");
  });

  test("out of memory is named, with the limit and the remedy", { tags: "matrix" }, async () => {
    project.notebook(
      "22_eats.ipynb",
      "print('before')",
      "x = bytearray(2 ** 30)\nfor i in range(0, len(x), 4096): x[i] = 1",
    );
    const limits = { hasNetwork: false, memoryBytes: 256 * 2 ** 20 };
    expect(await failing({ file: "22", run: "eats", limits })).toMatch(
      /^run eats: out of memory in cell 2 of 2: expected at most 256 MiB/,
    );
    expect(result("eats", "executed.ipynb")).toContain("before");
  });

  test("a run that takes too long is ended, and says in which cell", { tags: "matrix" }, async () => {
    project.notebook("24_slow.ipynb", "print('before')", "import time\ntime.sleep(600)");
    const limits = { hasNetwork: false, timeoutSeconds: 8 };
    expect(await failing({ file: "24", run: "slow", limits })).toMatch(/^run slow: cell 2 of 2: .*8 s/);
    expect(result("slow", "executed.ipynb")).toContain("before");
  });

  test("data cannot be written and no network is there", async () => {
    project.notebook(
      "25_tries.ipynb",
      "def tried(act):\n    try:\n        act()\n        return 'done'\n    except OSError as error:\n        return type(error).__name__ + ' ' + str(error.errno)",
      "import socket\nprint('write', tried(lambda: open('/data/prices/mine', 'w')))",
      "print('network', tried(lambda: socket.create_connection(('172.17.0.1', 22), 3)))\nimport os\nprint('user', os.getuid() != 0)",
    );
    await go({ file: "25", run: "tries" });
    expect(lines).toEqual(expect.arrayContaining(["write OSError 30", "network OSError 101", "user True"]));
  });

  test("a script gets its parameters as options and leaves its log", async () => {
    project.write(
      "src/hello.py",
      "import sys\nprint('given', *sys.argv[1:], flush=True)\nprint('aside', file=sys.stderr)\n",
    );
    await go({ kind: "python", file: "src/hello.py", run: "hello", parameters: { rate: 0.1, who: "ada" } });
    expect(result("hello", "execution.log")).toBe("given --rate=0.1 --who=ada\naside\n");
  });

  test("earlier results are read at /input", async () => {
    project.notebook("50_reads.ipynb", "print('earlier', open('/input/first/answer.txt').read())");
    await go({ file: "50", run: "reads", inputs: ["first"] });
    expect(lines).toContain("earlier 16");
  });

  test("two at once, of changed code, do not disturb one another", { tags: "matrix" }, async () => {
    project.notebook("30_one.ipynb", "print('one')");
    project.notebook("31_two.ipynb", "print('two')");
    await Promise.all([go({ file: "30", run: "one" }), go({ file: "31", run: "two" })]);
    expect(result("one", "executed.ipynb")).toContain("one");
    expect(result("two", "executed.ipynb")).toContain("two");
  });

  test("a run goes on without us; its lines and its results are there at the next contact", async () => {
    project.notebook("40_long.ipynb", "print('begun')", "import time\ntime.sleep(5)", "print('ended')");
    const leaving = new AbortController();
    const print = (line: string) => {
      lines.push(line);
      if (line === "begun") leaving.abort();
    };
    const left = await going({ file: "40", run: "long", print, signal: leaving.signal });
    expect(left.metadata.status).toBe("running");
    expect(lines.at(-4)).toBe("run long goes on on mini1");
    const said: string[] = [];
    await runs.logs(left, { follow: true, print: (line) => said.push(line), signal: undefined });
    expect(said).toEqual(expect.arrayContaining(["begun", "ended"]));
    expect(await runs.fetch(left)).toMatchObject({ status: "finished" });
    expect(result("long", "executed.ipynb")).toContain("ended");
  });

  test("a run that is stopped keeps what there is", async () => {
    project.notebook("41_stopped.ipynb", "print('begun')", "import time\ntime.sleep(600)");
    const left = await going({ file: "41", run: "stopped", isDetached: true });
    await vi.waitUntil(async () => (await runs.status(left)).line.includes("cell 2 of 2"), patient);
    await runs.stop(left);
    expect(await runs.fetch(left)).toMatchObject({ status: "stopped" });
    expect(result("stopped", "executed.ipynb")).toContain("begun");
  });

  test("a connection that is cut while results come: they are brought again", {
    tags: "matrix",
  }, async () => {
    const large = "open(os.environ['MINIRACK_OUTPUT'] + '/large', 'wb').write(os.urandom(100 << 20))";
    project.notebook("42_large.ipynb", `import os\n${large}`);
    const results = join(project.root, "results");
    const incoming = () =>
      readdirSync(results).find((name) => name.startsWith(".incoming-")) ?? ".incoming-none";
    const arrived = () =>
      statSync(join(results, incoming(), "output/large"), { throwIfNoEntry: false })?.size ?? 0;
    const cut = vi
      .waitUntil(() => arrived() > 1 << 20, patient)
      .then(() => onNode("pkill -f 'sshd: rack@notty'; pkill -f 'sshd: rack$' || true"));
    await go({ file: "42", run: "large" });
    await cut;
    expect(statSync(join(project.root, "results/large/large")).size).toBe(100 << 20);
    expect(incoming()).toBe(".incoming-none");
  });

  test("a node that is started anew during a run: that is the reason", { tags: "matrix" }, async () => {
    project.notebook("43_reboot.ipynb", "print('begun')", "import time\ntime.sleep(600)");
    const left = await going({ file: "43", run: "reboot", isDetached: true });
    await vi.waitUntil(async () => (await runs.status(left)).line.includes("cell 2 of 2"), patient);
    await labReboot("mini1", "labn");
    const ended = await runs.fetch(left);
    expect(ended.exit?.reason).toBe(
      "node mini1 was started anew during the run in cell 2 of 2; run it again",
    );
    expect(result("reboot", "executed.ipynb")).toContain("begun");
  });

  test("native mode runs in an environment on the node, without a container", async () => {
    project.notebook(
      "60_native.ipynb",
      "import os, sys\nprint('container', os.path.exists('/run/minirack/parameters.json'))\nopen(os.environ['MINIRACK_OUTPUT'] + '/python', 'w').write(sys.executable)",
    );
    await go({ file: "60", run: "native", isNative: true });
    expect(lines).toContain("container False");
    expect(result("native", "python")).toContain("/.cache/minirack/environments/");
  });

  test("an image is built on the node where no engine answers here, of a base image that is there", {
    tags: "matrix",
  }, async () => {
    const shipped = outputs;
    const tags = await onNode("docker image ls --format '{{.Repository}}:{{.Tag}}' minirack-notebook");
    vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
    try {
      project.notebook("70_there.ipynb", "from squares import square\nprint('there', square(6))");
      expect(await failing({ file: "70", run: "nowhere" })).toMatch(
        /^node mini1: base image \S+: expected it there or where its Docker pulls from, got .+; load it there/,
      );
      outputs = { ...outputs, baseImage: tags.split("\n")[0] ?? "" };
      await go({ file: "70", run: "there" });
      expect(lines).toContain("image: built on the node: no Docker engine answers here");
      expect(lines).toContain("there 36");
    } finally {
      vi.unstubAllEnvs();
      outputs = shipped;
    }
  });

  test("a run in native mode that is stopped keeps what there is", { tags: "matrix" }, async () => {
    project.notebook("61_native.ipynb", "print('begun')", "import time\ntime.sleep(600)");
    const left = await going({ file: "61", run: "native_stopped", isNative: true, isDetached: true });
    await vi.waitUntil(async () => (await runs.status(left)).line.includes("cell 2 of 2"), patient);
    await runs.stop(left);
    expect(await runs.fetch(left)).toMatchObject({ status: "stopped" });
    expect(result("native_stopped", "executed.ipynb")).toContain("begun");
  });

  test("images and environments that runs have used lately stay on the node; the others go", async () => {
    const images = async () =>
      (await onNode("docker image ls --quiet --filter label=minirack.notebook")).trim();
    const environments = () => onNode("ls -A /home/rack/.cache/minirack/environments | grep -v lock || true");
    await onNode("systemctl start minirack-notebook-images.service");
    expect([await images(), await environments()]).not.toContain("");
    await onNode("su rack -c 'sh /opt/minirack/notebook/prune.sh 0'");
    expect([await images(), await environments()]).toEqual(["", ""]);
  });

  test("nothing of all this is left: no container, no process, no listener", async () => {
    expect(await runCount()).toBe(0);
    expect(await onNode("ls -A /srv/minirack/runs")).toBe("");
    const { stdout } = await execa("docker", ["ps", "--quiet", "--filter", "name=minirack-registry"]);
    expect(stdout).toBe("");
  });
});
