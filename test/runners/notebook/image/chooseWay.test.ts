import { expect, test } from "vitest";
import { chooseWay } from "../../../../runners/notebook/image/chooseWay.ts";

const usual = {
  architecture: "x86_64",
  operatingSystem: "Debian GNU/Linux 12 (bookworm)",
  controllerArchitecture: "x64",
  hasEngine: true,
};

test.each([
  [{}, { way: "ship" }],
  [{ architecture: "aarch64", controllerArchitecture: "arm64" }, { way: "ship" }],
  [{ hasEngine: false }, { way: "buildOnNode", reason: "no Docker engine answers here" }],
  [
    { architecture: "aarch64" },
    { way: "buildOnNode", reason: "its processor is aarch64, this computer's x86_64" },
  ],
  [
    { operatingSystem: "Docker Desktop" },
    { way: "buildOnNode", reason: "Docker Desktop does not share its node's loopback" },
  ],
])("%j", (change, expected) => {
  expect(chooseWay({ ...usual, ...change })).toEqual(expected);
});
