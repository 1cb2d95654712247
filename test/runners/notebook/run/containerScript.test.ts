import { expect, test } from "vitest";
import { startContainerScript } from "../../../../runners/notebook/run/containerScript.ts";
import { executorArguments } from "../../../../runners/notebook/run/executorArguments.ts";
import { nodeRun } from "../../../../runners/notebook/run/nodeRun.ts";
import { runOptions } from "../../../../runners/notebook/run/runOptions.ts";

const options = runOptions({
  ...{ root: "/p", stack: "dev", kind: "python", file: "a.py", run: "r", print: () => {} },
  parameters: { token: "s3cret" },
});
const places = { python: "/e/python", output: "/output", parametersFile: "/run/parameters.json" };

const script = startContainerScript({
  ...nodeRun("/srv/minirack/runs", "r-00000000", false),
  ...{ stack: "dev", run: "r", imageId: "sha256:0", limits: { hasNetwork: false } },
  data: { prices: '/srv/data/a,"b"' },
  arguments: executorArguments(options, "a.py", places),
  parameters: JSON.stringify(options.parameters),
});
const [start = ""] = script.split("\n").filter((line) => line.startsWith("docker run"));

test("its log can be read whatever the daemon's own way is", () => {
  expect(start).toContain(" --log-driver json-file --log-opt max-size=20m ");
});

test("it has the user's groups, and none of root's", () => {
  expect(start).toContain('--user "$uid:$gid" $groups --userns host ');
  expect(script).toMatch(/if \[ "\$uid" = 0 \]; then uid=65534 gid=65534 groups=;/);
});

test("a parameter is in no argument, a script's neither", () => {
  expect(start).not.toContain("s3cret");
  expect(start).toContain("--parameters-json /run/parameters.json");
});

test("a data set's path may have what separates in Docker's words", () => {
  expect(start).toContain(`'type=bind,"source=/srv/data/a,""b""",target=/data/prices,readonly'`);
});
