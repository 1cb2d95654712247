// What begins with ESC or its 8-bit forms: colours and cursor (CSI), titles and links (OSC and other strings), the rest.
const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g;

/** Text of a node, a run or an engine without what a terminal would obey: colours, titles, movements. Tabs and line ends stay. */
export function plainText(text: string): string {
  return text.replace(sequences, "").replace(controls, "");
}
