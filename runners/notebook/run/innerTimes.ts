const form = "dddd-dd-ddTdd:dd:dd.dddddddddZ ";
const time = new RegExp(`\n|${form.replaceAll("d", "\\d").replace(".", "\\.")}`, "g");
/** Docker keeps a longer line in parts. */
const partBytes = 16_384;

/**
 * Takes `docker logs --timestamps` in whatever pieces it comes, and gives it with a time at the start of each line alone: Docker writes one
 * before each part of a long line.
 */
export function withoutInnerTimes(): (chunk: Buffer) => Buffer {
  let held = "";
  let column = 0;
  return (chunk) => {
    const text = held + chunk.toString("latin1"); // a byte is a character
    const whole = text.length - lengthOfBegunTime(text);
    held = text.slice(whole);
    const kept: string[] = [];
    let done = 0;
    for (const { 0: found, index } of text.slice(0, whole).matchAll(time)) {
      column += index - done;
      const isInner = found !== "\n" && column >= partBytes;
      kept.push(text.slice(done, isInner ? index : index + found.length));
      done = index + found.length;
      column = found === "\n" || isInner ? 0 : column + found.length;
    }
    kept.push(text.slice(done, whole));
    column += whole - done;
    return Buffer.from(kept.join(""), "latin1");
  };
}

function lengthOfBegunTime(text: string): number {
  for (let length = Math.min(form.length - 1, text.length); length > 0; length--)
    if (isBeginning(text.slice(-length))) return length;
  return 0;
}

function isBeginning(end: string): boolean {
  return [...end].every((one, at) => (form[at] === "d" ? /\d/.test(one) : one === form[at]));
}
