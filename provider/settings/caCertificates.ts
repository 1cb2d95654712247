import { z } from "zod";
import { quote, removeFile, run, writeFile } from "../shell/command.ts";
import { parseShown } from "./fileEntry.ts";
import { differing, setting } from "./setting.ts";

const folder = "/usr/local/share/ca-certificates";
const bundle = "/etc/ssl/certs/ca-certificates.crt";

function pathOf(name: string): string {
  return `${folder}/minirack-${name}.crt`;
}

/** What is told of a certificate that lies there and that nobody reads. */
const untrusted = `-----BEGIN CERTIFICATE-----\n(not in ${bundle})\n-----END CERTIFICATE-----\n`;

function warnUnlessTrusted(path: string): string {
  const secondLine = `"$(sed -n 2p ${quote(path)})"`;
  return `[ ! -f ${quote(path)} ] || grep -qxF -e ${secondLine} ${bundle} || echo ${quote(`untrusted ${path}`)}`;
}

/**
 * Certificate authorities that a node trusts besides Debian's own, for a company's proxy as an example. apt, pip, uv
 * and image builds read the bundle that `update-ca-certificates` makes; one that is missing there is told as drift.
 */
export const caCertificates = setting({
  key: "caCertificates",
  description: "extra certificate authorities: name → certificate in PEM",
  entry: z
    .string()
    .regex(
      /^-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----\n$/,
      "expected one certificate in PEM",
    ),
  after: ["packages"],
  linux: {
    read: (wanted) =>
      Object.keys(wanted)
        .map((name) => `${run("show", pathOf(name))}\n${warnUnlessTrusted(pathOf(name))}`)
        .join("\n"),
    parse: (text, wanted) => {
      const lines = text.split("\n");
      const shown = new Map(parseShown(text).map(({ path, content }) => [path, content]));
      const entries = Object.keys(wanted).map((name) => {
        const isTrusted = !lines.includes(`untrusted ${pathOf(name)}`);
        return [name, isTrusted ? (shown.get(pathOf(name)) ?? null) : untrusted];
      });
      return { entries: Object.fromEntries(entries) };
    },
    prepare: (actual, wanted, fresh) =>
      differing(actual, wanted)
        .filter((name) => fresh.includes(name))
        .map((name) => run("expect_unused", pathOf(name))),
    plan: (actual, wanted) => {
      const changes = differing(actual, wanted).map((name) => {
        const content = wanted[name];
        return content
          ? writeFile(pathOf(name), { content, mode: "0644", owner: "root:root" })
          : removeFile(pathOf(name));
      });
      return changes.length === 0 ? [] : [...changes, "trust_authorities"];
    },
  },
});
