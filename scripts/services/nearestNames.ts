/** The names most like one that does not exist, best first: those that hold it, then those a few letters away. */
export function nearestNames(wanted: string, names: Iterable<string>, count = 3): string[] {
  const stem = wanted.replace(/\.\w+$/, "");
  const ranked = [...new Set(names)].map((name) => ({ name, distance: distanceTo(name, wanted, stem) }));
  return ranked
    .filter(({ distance }) => distance <= Math.max(2, stem.length / 2))
    .sort((one, other) => one.distance - other.distance || one.name.localeCompare(other.name))
    .slice(0, count)
    .map(({ name }) => name);
}

function distanceTo(name: string, wanted: string, stem: string): number {
  return stem.length > 2 && name.includes(stem) ? 0 : editDistance(name, wanted);
}

/** How many letters are to be put in, taken out or replaced. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let line = 1; line <= one.length; line++) {
    const next = [line];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (one[line - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
