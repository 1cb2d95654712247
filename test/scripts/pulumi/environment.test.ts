import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { pulumiEnvironment } from "../../../scripts/pulumi/environment.ts";
import { rememberChoice } from "../../../scripts/pulumi/pulumiChoice.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let stateDir: string;
beforeEach(() => {
  stateDir = temporaryFolder();
});
const environment = (env: NodeJS.ProcessEnv) => pulumiEnvironment("/clone", stateDir, env);

describe("pulumiEnvironment", () => {
  it("says what to type when nothing is prepared", () => {
    expect(() => environment({})).toThrow("run `npm start` first");
  });

  it("gives all of it where the user has set nothing", () => {
    rememberChoice(stateDir, { from: "offline", cli: "/x/pulumi" });
    expect(environment({})).toEqual({
      PULUMI_HOME: join(stateDir, "pulumi"),
      PULUMI_BACKEND_URL: `file://${stateDir}/backend`,
      PULUMI_CONFIG_PASSPHRASE_FILE: join(stateDir, "passphrase"),
      PULUMI_PARALLEL: "256",
      PULUMI_CONTINUE_ON_ERROR: "true",
      PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      NODE_COMPILE_CACHE: join(stateDir, "compiled"),
    });
  });

  it("leaves the user's home alone when Pulumi is an official one", () => {
    rememberChoice(stateDir, { from: "npm", cli: "/x/pulumi" });
    expect(environment({ PULUMI_HOME: stateDir })).not.toHaveProperty("PULUMI_HOME");
  });

  it("keeps what the user set, even when it is empty", () => {
    rememberChoice(stateDir, { from: "offline", cli: "/x/pulumi" });
    const given = { PULUMI_PARALLEL: "4", PULUMI_CONFIG_PASSPHRASE: "", PULUMI_CONTINUE_ON_ERROR: "" };
    const added = environment(given);
    for (const name of [...Object.keys(given), "PULUMI_CONFIG_PASSPHRASE_FILE"])
      expect(added).not.toHaveProperty(name);
  });

  it("adds nothing about secrets to a backend of the user's", () => {
    rememberChoice(stateDir, { from: "offline", cli: "/x/pulumi" });
    const added = environment({ PULUMI_BACKEND_URL: "s3://bucket" });
    expect(Object.keys(added)).not.toContain("PULUMI_CONFIG_PASSPHRASE_FILE");
    expect(Object.keys(added)).not.toContain("PULUMI_BACKEND_URL");
  });

  it("still gives the passphrase when the backend was set by an earlier eval", () => {
    rememberChoice(stateDir, { from: "offline", cli: "/x/pulumi" });
    const added = environment({ PULUMI_BACKEND_URL: `file://${stateDir}/backend` });
    expect(added.PULUMI_CONFIG_PASSPHRASE_FILE).toBe(join(stateDir, "passphrase"));
  });
});
