import { expect, test } from "vitest";
import { loadCluster } from "../../../config/cluster.ts";

const file = new URL("../good/names.yaml", import.meta.url).pathname;

test("hostname, hosts and linkNames are one setting: what a node says goes before what all say, hosts before linkNames", () => {
  const { nodes } = loadCluster(file, "home");
  const links = { "172.31.0.11": "mini1-link", "172.31.0.12": "mini2-link" };
  expect(Object.fromEntries(nodes.map(({ name, settings }) => [name, settings.names]))).toEqual({
    mini1: { hostname: "mini1", ...links, "192.168.1.5": "nas nas.home" },
    mini2: { hostname: "head", ...links, "172.31.0.11": "first", "192.168.1.5": "nas2" },
    observer: { hostname: "observer", ...links, "192.168.1.5": "nas nas.home" },
  });
});
