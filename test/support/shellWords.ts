/** A line of shell taken apart as a shell does it, variables left as they are. */
export function wordsOf(command: string): string[] {
  const words: string[] = [];
  const piece = /'([^']*)'|\\(.)|"([^"]*)"|([^\s'"\\]+)|(\s+)/gy;
  let word: string | undefined;
  for (const [, single, escaped, double, bare, space] of command.matchAll(piece)) {
    if (space === undefined) word = (word ?? "") + (single ?? escaped ?? double ?? bare ?? "");
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}
