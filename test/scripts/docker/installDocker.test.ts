import { afterEach, expect, test, vi } from "vitest";
import { installDocker } from "../../../scripts/docker/installDocker.ts";

afterEach(() => vi.unstubAllEnvs());

test("an engine elsewhere that does not answer is the user's to start", async () => {
  vi.stubEnv("DOCKER_HOST", "ssh://elsewhere");
  await expect(installDocker(() => {})).rejects.toThrow("DOCKER_HOST=ssh://elsewhere");
});
