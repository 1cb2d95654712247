import fc from "fast-check";
import type { SettingModel } from "../../../support/settingModel.ts";

const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;

/** Certificates count once `update-ca-certificates` has taken them up. */
export const model: SettingModel = {
  wanted: fc.dictionary(
    fc.constantFrom("one", "two", "three"),
    fc.stringMatching(/^[A-Za-z0-9+/]{8}$/).map(pem),
  ),
  answer: (node) =>
    [...node.files.keys()].flatMap((path) =>
      node.facts.has(`trusted ${path}`) ? node.show(path) : [...node.show(path), `untrusted ${path}`],
    ),
  verbs: (node) => ({
    trust_authorities: () => {
      for (const path of node.factsOf("trusted")) node.facts.delete(`trusted ${path}`);
      for (const path of node.files.keys()) node.facts.set(`trusted ${path}`, "");
    },
  }),
};
