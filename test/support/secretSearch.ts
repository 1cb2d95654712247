/** Shorter ones would be found where they are not. */
const leastBytes = 8;

/** Ways in which a secret may be written; the name of each is what a finding says. */
const writings: Record<string, (secret: Buffer) => string[]> = {
  plain: (secret) => [secret.toString("utf8")],
  base64: (secret) =>
    [0, 1, 2].flatMap((before) => [
      withinBase64(secret, before, "base64"),
      withinBase64(secret, before, "base64url"),
    ]),
  hex: (secret) => [secret.toString("hex"), secret.toString("hex").toUpperCase()],
  URL: (secret) => {
    const text = encodeURIComponent(secret.toString("utf8"));
    const lowerCase = text.replace(/%../g, (code) => code.toLowerCase());
    return [text, lowerCase, text.replaceAll("%20", "+"), encodeURI(secret.toString("utf8"))];
  },
  JSON: (secret) => [inJson(secret.toString("utf8")), inJson(inJson(secret.toString("utf8")))],
  shell: (secret) => [secret.toString("utf8").replaceAll("'", "'\\''")],
};

/**
 * Looks for secrets in texts, however they may be written there.
 * @param secrets name → the secret, as text or as bytes
 * @returns what finds them: `sudo password in base64`, in the order of the secrets' names
 */
export function secretSearch(secrets: Record<string, string | Buffer>): (text: string) => string[] {
  const patterns = Object.entries(secrets).flatMap(([name, secret]) => patternsOf(name, Buffer.from(secret)));
  return (text) => [
    ...new Set(patterns.filter(({ pattern }) => text.includes(pattern)).map(({ finding }) => finding)),
  ];
}

function patternsOf(name: string, secret: Buffer): { finding: string; pattern: string }[] {
  if (secret.length < leastBytes)
    throw new Error(`expected a secret of ${leastBytes} bytes, got a shorter ${name}`);
  const seen = new Set<string>();
  return Object.entries(writings).flatMap(([writing, write]) => {
    const isText = !secret.toString("utf8").includes("\ufffd");
    if (!isText && !/^(base64|hex)/.test(writing)) return [];
    const fresh = write(secret).filter((pattern) => !seen.has(pattern));
    return fresh.map((pattern) => {
      seen.add(pattern);
      return { finding: `${name} in ${writing}`, pattern };
    });
  });
}

/** The characters that a secret alone decides, where `before` bytes (or that many and any triples) come before it. */
function withinBase64(secret: Buffer, before: number, alphabet: "base64" | "base64url"): string {
  const encoded = Buffer.concat([Buffer.alloc(before), secret]).toString(alphabet);
  return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + secret.length) * 8) / 6));
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * What tells a private key (ed25519, OpenSSH's format) from all others: its seed, and the lines of its file but for the
 * first, which every such key has, and the last, which may be a mere comment.
 */
export function privateKeyParts(name: string, file: string): Record<string, string | Buffer> {
  const lines = file.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
  const bytes = Buffer.from(lines.join(""), "base64");
  const type = "ssh-ed25519";
  const at = bytes.indexOf(type) + type.length + 4;
  const publicHalf = bytes.subarray(at, at + 32);
  const end = bytes.lastIndexOf(publicHalf); // the seed is followed by the public half once more
  const seed = bytes.subarray(end - 32, end);
  if (bytes.indexOf(type) < 0 || seed.length !== 32)
    throw new Error(`expected an ed25519 key, got another ${name}`);
  const parts = lines.slice(1, -1).map((line, index) => [`${name}, line ${index + 2}`, line]);
  return { [`${name}, seed`]: seed, ...Object.fromEntries(parts) };
}

/** What every private key file has, whosever it is. */
export const anyPrivateKey = {
  "a private key's first line": "PRIVATE KEY-----",
  "an OpenSSH private key": "openssh-key-v1\0\0\0\0\u0004none",
};
