import { expect, test } from "vitest";
import { run } from "../../../../provider/shell/command.ts";
import { preluded } from "../../../support/preluded.ts";
import { hasLinuxShell } from "../../../support/realShell.ts";

const plainLines = async (text: string) => await preluded().type(`printf %s ${run(text)} | plain_lines`);

test.runIf(hasLinuxShell)(
  "of what a project's build asks for, root's uv reads packages, hashes and indexes",
  async () => {
    const asked = [
      "--index-url https://pypi.org/simple",
      "--extra-index-url=http://wheels.rack/simple",
      'numpy==2.3.1 ; python_version >= "3.11" \\',
      "    --hash=sha256:aa \\",
      "    --hash=sha256:bb",
      "own @ file:///srv/own",
      "./libs/other",
      "",
    ].join("\n");
    expect(await plainLines(asked)).toBe(asked);
  },
);

test.runIf(hasLinuxShell)(
  "what it would build as root it does not read as editable, nor what is on the node elsewhere",
  async () => {
    const lines = [
      ["-e file:///srv/own", "file:///srv/own"],
      ["--editable=./libs/own", "./libs/own"],
      ["-e./libs/own", "./libs/own"],
      ...[
        " -e ./libs/own",
        "-e -e",
        "six==1 --hash=sha256:aa -e ./own",
        "six==1 --hash=sha256:aa\t-e ./own",
        "-r /etc/shadow",
        "--requirement=/etc/shadow",
        "-c /etc/shadow",
      ],
      ...["--find-links /root", "--no-binary :all:", "--index-url file:///root", "--hash=x -e ./own"],
      ...["--index-url https://a -e ./own", "--index-url https://a\u00a0-e ./own", "\u00a0-e ./own"],
      ["six\r-e ./own", "six\n./own"],
      ["six\f -r /etc/shadow", "six"],
    ].map((line) => (typeof line === "string" ? [line, ""] : line));
    for (const [line = "", left = ""] of lines)
      expect([line, (await plainLines(`${line}\n`)).trim()]).toEqual([line, left]);
  },
);
