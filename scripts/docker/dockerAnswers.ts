import { execa } from "execa";

/** Whether the engine that the Docker client would use (DOCKER_HOST, context or socket) answers within 10 seconds. */
export async function dockerAnswers(): Promise<boolean> {
  const version = await execa("docker", ["version", "--format", "{{.Server.Version}}"], {
    reject: false,
    timeout: 10_000,
  });
  return version.exitCode === 0 && version.stdout.trim() !== "";
}
