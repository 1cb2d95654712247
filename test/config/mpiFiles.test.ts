import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { type MpiImplementation, mpiEnvironment, mpiFiles } from "../../config/mpiFiles.ts";

const filesOf = (implementation: MpiImplementation) =>
  mpiFiles({ implementation, addresses: ["172.31.0.11", "172.31.0.12"], interface: "eth1", slots: 4 });

describe("the hostfile has the link addresses in the implementation's own format", () => {
  test.each([
    ["mpich", "172.31.0.11:4\n172.31.0.12:4\n"],
    ["openmpi", "172.31.0.11 slots=4\n172.31.0.12 slots=4\n"],
  ] as const)("%s", (implementation, text) => {
    expect(filesOf(implementation)["/etc/minirack/mpi/hostfile"]).toBe(text);
  });
});

test.each(["mpich", "openmpi"] as const)(
  "a shell reads the environment of %s, every variable exported",
  async (implementation) => {
    const input = `${filesOf(implementation)[mpiEnvironment]}env`;
    const { stdout } = await execa("sh", ["-eu"], {
      input,
      env: { PATH: process.env.PATH },
      extendEnv: false,
    });
    const variables = stdout.split("\n").filter((line) => /^(HYDRA|FI|UCX|OMPI|PRTE)_/.test(line));
    expect(variables.filter((line) => line.endsWith("=eth1")).length).toBe(3);
    expect(variables.some((line) => line.endsWith("=/etc/minirack/mpi/hostfile"))).toBe(true);
  },
);
