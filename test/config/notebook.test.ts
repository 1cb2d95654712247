import { expect, test } from "vitest";
import { hasDocker, notebookRule, notebookSettings, resolveNotebook } from "../../config/notebook.ts";

const given = notebookRule.parse({});

test("all nodes with Docker run notebooks, unless some are named", () => {
  const nodes = [
    { name: "mini1", os: "linux" },
    { name: "mini2", os: "linux", without: ["docker"] },
    { name: "mini3", os: "macos" },
  ];
  expect(resolveNotebook({ notebook: given, docker: {}, nodes })?.nodes).toEqual(["mini1"]);
  expect(resolveNotebook({ notebook: { ...given, nodes: ["mini2"] }, nodes })?.nodes).toEqual(["mini2"]);
  expect(resolveNotebook({ nodes })).toBeUndefined();
  expect(hasDocker({ os: "linux", docker: {}, without: ["docker"] }, undefined)).toBe(true);
});

test("a node gets a folder for runs that is its user's alone, and a timer that prunes images as that user", () => {
  const { files, services, pythonEnvironment } = notebookSettings({ ...given, nodes: [] }, "rack");
  expect(files?.["/srv/minirack/runs/"]).toEqual({ mode: "0700", owner: "rack:" });
  expect(files?.["/opt/minirack/notebook/prune.sh"]).toMatchObject({ mode: "0644", owner: "root:root" });
  expect(files?.["/etc/systemd/system/minirack-notebook-images.service"]).toMatchObject({
    content: expect.stringContaining(
      'User=rack\nExecStart=/bin/sh -c "sh /opt/minirack/notebook/prune.sh 14"\n',
    ),
  });
  expect(services).toEqual({ "minirack-notebook-images.timer": { isEnabled: true, isRunning: true } });
  expect(pythonEnvironment).toBeUndefined();
});

test("runs without a container bring uv", () => {
  const { pythonEnvironment } = notebookSettings({ ...given, isNative: true, nodes: [] }, "rack");
  expect(pythonEnvironment).toEqual({ "notebook-uv": { python: "3", requirements: {} } });
});
