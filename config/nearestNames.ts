/** The names most like one that does not exist, best first: those that hold it, then those a few letters away. */
export function nearestNames(wanted: string, names: Iterable<string>, count = 3): string[] {
  const plainWanted = plain(wanted);
  const stem = plainWanted.replace(/\.\w+$/, "");
  const ranked = [...new Set(names)].map((name) => {
    const distance = distanceTo(plain(name), plainWanted, stem);
    return { name, distance, isNear: distance <= Math.max(2, stem.length / 3) && distance < name.length };
  });
  return ranked
    .filter(({ isNear }) => isNear)
    .sort((one, other) => one.distance - other.distance || one.name.localeCompare(other.name))
    .slice(0, count)
    .map(({ name }) => name);
}

/** Capitals and what is between words tell nothing. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_ -]/g, "");
}

function distanceTo(name: string, wanted: string, stem: string): number {
  return stem.length > 2 && name.includes(stem) ? 0 : editDistance(name, wanted);
}

/** How many letters are to be put in, taken out, replaced, or exchanged with the next one. */
function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let line = 1; line <= one.length; line++) {
    const next = [line];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (one[line - 1] === other[column - 1] ? 0 : 1);
      const isExchange = one[line - 1] === other[column - 2] && one[line - 2] === other[column - 1];
      const exchanged = isExchange && line > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, exchanged, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
