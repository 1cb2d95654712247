import { inOrder, type Pair } from "./linkEnds.ts";

/**
 * The pairs in rounds as a tournament has them: in one round a node is in one pair at most, and all pairs of N nodes take
 * N - 1 rounds (N where N is odd). One name stays in its place, the others go round it.
 */
export function roundsOf(pairs: readonly Pair[]): Pair[][] {
  const names = inOrder(new Set(pairs.flat()));
  const places: (string | undefined)[] = names.length % 2 === 0 ? names : [...names, undefined];
  const [first, ...others] = places;
  const rounds = others.map((_, turn) => {
    const turned = [first, ...others.slice(turn), ...others.slice(0, turn)];
    const meeting = new Map(turned.map((name, index) => [name, turned[turned.length - 1 - index]]));
    return pairs.filter(([from, to]) => meeting.get(from) === to);
  });
  return rounds.filter((round) => round.length > 0);
}
