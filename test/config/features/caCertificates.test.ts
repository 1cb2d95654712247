import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCluster } from "../../../config/cluster.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const pem = "-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n-----END CERTIFICATE-----\n";

function loaded(text: string) {
  const folder = temporaryFolder();
  const file = join(folder, "cluster.yaml");
  writeFileSync(join(folder, "ca.crt"), text);
  writeFileSync(
    file,
    "caCertificates: { own: { file: ca.crt } }\nnodes: [{ name: mini1, host: 10.0.0.1 }]\n",
  );
  return () => loadCluster(file, "home").nodes[0]?.settings.caCertificates;
}

test.each([
  ["as openssl writes it", pem],
  ["with the line ends of another system", pem.replaceAll("\n", "\r\n")],
  ["without an end of its last line", pem.trimEnd()],
  ["after a mark and a description", `\uFEFFsubject=CN = own\nVersion: 3\n${pem}`],
])("a certificate is taken %s", (_what, text) => {
  expect(loaded(text)()).toEqual({ own: pem });
});

test("two certificates in a file, or none, are refused with the place", () => {
  expect(loaded(pem + pem)).toThrow(
    "cluster.yaml:1:32 caCertificates.own.file: expected one certificate in PEM, got 2; write each into a file of its own",
  );
  expect(loaded("MIIB\n")).toThrow(
    "cluster.yaml:1:32 caCertificates.own.file: expected a certificate in PEM, got none; make one of it by openssl x509",
  );
});
