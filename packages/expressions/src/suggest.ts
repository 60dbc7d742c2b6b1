/** Longest name that is compared: editing distance costs the product of both lengths. */
const longestName = 64;
/** How many candidates are compared: the first ones of a very wide object. */
const mostCandidates = 1000;

/**
 * The candidate that is nearest to a mistyped name, when near enough to be worth proposing:
 * about a third of its letters may differ; a difference in case alone always counts as near.
 */
export function closest(name: string, candidates: readonly string[]): string | undefined {
  if (name === '' || name.length > longestName) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates.slice(0, mostCandidates)) {
    if (candidate.length > longestName || Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance && distance < name.length) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      if (from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) cost = Math.min(cost, (beforeLast[column - 2] ?? cost) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
