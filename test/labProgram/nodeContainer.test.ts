import { describe, expect, test } from "vitest";
import type { LabNode } from "../../lab/labFile.ts";
import { nodeContainer } from "../../lab/nodeContainer.ts";

const node: LabNode = { name: "mini2", debian: 12, sudo: "withPassword", firstContact: "key" };
const given = {
  ...{ stack: "lab", node, port: 2202, image: "sha256:1", linkNetwork: "minirack-lab-link" },
  folder: "/clone/.minirack/lab",
};
const container = nodeContainer({ ...given, cgroupVersion: "2" });

describe("a node's container", () => {
  test("has the name and label by which others find it", () => {
    expect(container.name).toBe("minirack-lab-mini2");
    expect(container.labels).toEqual([{ label: "dev.minirack.lab", value: "lab" }]);
  });

  test("publishes sshd, and that alone, on the loopback", () => {
    expect(container.ports).toEqual([{ internal: 22, external: 2202, ip: "127.0.0.1" }]);
  });

  test("is not privileged", () => {
    expect(container).not.toHaveProperty("privileged");
  });

  test("reads its first boot's folder and cannot write it", () => {
    const first = container.volumes.find(({ containerPath }) => containerPath === "/run/firstBoot");
    expect(first).toEqual({
      hostPath: "/clone/.minirack/lab/firstBoot/mini2",
      containerPath: "/run/firstBoot",
      readOnly: true,
    });
  });

  test("has the Docker host's cgroups with version 1, a namespace of its own with version 2", () => {
    const cgroups = { hostPath: "/sys/fs/cgroup", containerPath: "/sys/fs/cgroup" };
    const old = nodeContainer({ ...given, cgroupVersion: "1" });
    expect([old.cgroupnsMode, old.volumes]).toEqual(["host", expect.arrayContaining([cgroups])]);
    expect([container.cgroupnsMode, container.volumes]).toEqual([
      "private",
      expect.not.arrayContaining([cgroups]),
    ]);
  });
});
