import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { execa } from "execa";
import { pack } from "tar-stream";

/** Brings an image without content for a processor of another kind than its engine's, as `docker load` takes it. */
export async function loadOtherImage(name: string, architecture: string): Promise<void> {
  const layer = Buffer.alloc(1024); // a tar archive of nothing
  const digest = createHash("sha256").update(layer).digest("hex");
  const config = { architecture, os: "linux", rootfs: { type: "layers", diff_ids: [`sha256:${digest}`] } };
  const archive = pack();
  archive.entry({ name: "config.json" }, JSON.stringify(config));
  archive.entry({ name: "layer.tar" }, layer);
  const manifest = [{ Config: "config.json", RepoTags: [name], Layers: ["layer.tar"] }];
  archive.entry({ name: "manifest.json" }, JSON.stringify(manifest));
  archive.finalize();
  await execa("docker", ["load"], { input: await buffer(archive) });
}
