import { z } from "zod";
import { name } from "../names.ts";
import { feature, installed, mapValues } from "./feature.ts";

export const caCertificates = feature({
  key: "caCertificates",
  rule: z
    .record(name, z.strictObject({ file: z.string().describe("file with one certificate") }))
    .describe(
      "extra certificate authorities: name → file; update-ca-certificates, which runs then, also trusts whatever else lies in /usr/local/share/ca-certificates",
    ),
  settings: (value, { text, wrong }) => ({
    packages: installed("ca-certificates"),
    caCertificates: mapValues(value, ({ file }, key) => {
      const given = text(file, [key, "file"]);
      const [found = "", ...others] = certificatesIn(given);
      const count = others.length + 1;
      if (given !== "" && found === "")
        wrong([key, "file"], "expected a certificate in PEM, got none; make one of it by openssl x509");
      if (others.length > 0)
        wrong(
          [key, "file"],
          `expected one certificate in PEM, got ${count}; write each into a file of its own`,
        );
      return found;
    }),
  }),
});

/** What people put around it is none of it: a description before it, the line ends of another system. */
function certificatesIn(text: string): string[] {
  const plain = text.replaceAll("\r\n", "\n");
  const all = plain.match(/^-----BEGIN CERTIFICATE-----\n[\s\S]+?\n-----END CERTIFICATE-----$/gm) ?? [];
  return all.map((one) => `${one}\n`);
}
