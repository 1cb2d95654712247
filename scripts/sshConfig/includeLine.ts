const include = "Include ~/.ssh/minirack/*.conf";
const lines = [
  "# minirack: nodes by name; npm run ssh-config -- --remove takes these two lines away",
  include,
];
const added = `${lines.join("\n")}\n`;

/** The text with our lines at its top: further down they would belong to the `Host` above them. */
export function withInclude(text: string): string {
  return text.startsWith(added) ? text : added + withoutInclude(text);
}

/** The text as it was without our lines, wherever they are now. */
export function withoutInclude(text: string): string {
  return text
    .split(/(?<=\n)/)
    .filter((line) => !lines.includes(line.trimEnd()))
    .join("");
}
