import { afterAll, beforeAll } from "vitest";
import { type LabSettings, labSettings } from "../support/labSettings.ts";
import { type TestLab, testLab } from "../support/testLab.ts";
import { badDisk } from "./faults/badDisk.ts";
import { badNetwork } from "./faults/badNetwork.ts";
import { cutScript } from "./faults/cutScript.ts";
import { deadNode } from "./faults/deadNode.ts";
import { foreignApt } from "./faults/foreignApt.ts";
import { foreignNetwork } from "./faults/foreignNetwork.ts";

let lab: TestLab;
let settings: LabSettings;

beforeAll(async () => {
  lab = await testLab("labg", 2600, "172.31.6.0/24");
  if (!process.env.MINIRACK_TEST_KEEP_LAB) await lab.up();
  settings = await labSettings(lab);
});
afterAll(async () => {
  if (!process.env.MINIRACK_TEST_KEEP_LAB) await lab.down();
});

const given = () => ({ lab, settings });
deadNode(given);
badNetwork(given);
badDisk(given);
foreignApt(given);
cutScript(given);
foreignNetwork(given);
