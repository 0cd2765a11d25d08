const LARGEST_EXACT = 40;

/**
 * Two-sided p of the Mann-Whitney U test: may two sets of values, neither empty, be draws from one distribution? Up to 40 values it is
 * exact, with ties too: the sum of the midranks over every way to choose the first set (twice the smaller tail, at most 1). Above, the
 * normal approximation with corrections for ties and continuity (Lehmann, Nonparametrics, 1.5).
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const ranks = doubledMidranks([...a, ...b]);
  const observed = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
  return twoSidedP(ranks, observed, a.length);
}

/**
 * How many of the size * size pairs of values one of two sets must win, for them to be told apart at a level, two-sided: null where even all
 * are too few. Of sets without ties: where a few arise by chance, half a win each, it holds nearly.
 */
export function winsNeeded(size: number, level: number): number | null {
  const ranks = Array.from({ length: 2 * size }, (_, i) => 2 * (i + 1));
  const isShown = (wins: number) => twoSidedP(ranks, 2 * wins + size * (size + 1), size) < level;
  let [low, high] = [Math.floor(size ** 2 / 2), size ** 2];
  if (!isShown(high)) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isShown(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Pairs of a value of each set in which the second one's is greater, half a pair where they are equal. Both ascending. */
export function winsOf(second: readonly number[], first: readonly number[]): number {
  let [below, upTo, wins] = [0, 0, 0];
  for (const value of second) {
    while (below < first.length && (first[below] as number) < value) below++;
    while (upTo < first.length && (first[upTo] as number) <= value) upTo++;
    wins += (below + upTo) / 2;
  }
  return wins;
}

/** Of the sum of the first set's doubled ranks. */
function twoSidedP(ranks: readonly number[], observed: number, first: number): number {
  if (ranks.length > LARGEST_EXACT) return normalP(ranks, observed, first);
  const { counts, total } = rankSums(ranks, first);
  let [below, above] = [0, 0];
  for (let sum = 0; sum <= observed; sum++) below += counts[sum] ?? 0;
  for (let sum = observed; sum < counts.length; sum++) above += counts[sum] ?? 0;
  return Math.min(1, (2 * Math.min(below, above)) / total);
}

/** The smallest p that the exact test can give for sets of these sizes: every value of one above every value of the other. */
export function smallestP(a: number, b: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(a, b); i++) ways *= (a + b - i + 1) / i;
  return Math.min(1, 2 / ways);
}

/** Twice the ranks from 1, ties with the mean of theirs: whole numbers. */
function doubledMidranks(values: readonly number[]): readonly number[] {
  const order = values.map((value, index) => ({ value, index })).sort((x, y) => x.value - y.value);
  const ranks = values.map(() => 0);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && order[end]?.value === order[start]?.value) end++;
    for (const { index } of order.slice(start, end)) ranks[index] = start + 1 + end;
    start = end;
  }
  return ranks;
}

interface RankSums {
  /** Ways to choose ranks that add up to the index. */
  readonly counts: Float64Array;
  readonly total: number;
}

const REMEMBERED = 64;
// Most tests of a comparison have no ties and the same sizes, so the same distribution.
const known = new Map<string, RankSums>();

function rankSums(ranks: readonly number[], chosen: number): RankSums {
  const sorted = [...ranks].sort((x, y) => x - y);
  const key = `${chosen}:${sorted.join()}`;
  const found = known.get(key) ?? countRankSums(sorted, chosen);
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, found);
  return found;
}

/** Ranks in ascending order. */
function countRankSums(ranks: readonly number[], chosen: number): RankSums {
  const width = ranks.slice(-chosen).reduce((sum, rank) => sum + rank, 0) + 1;
  // By how many ranks are chosen, then by their sum.
  const ways = Array.from({ length: chosen + 1 }, () => new Float64Array(width));
  const [none] = ways;
  if (none !== undefined) none[0] = 1;
  let reach = 0;
  for (const [taken, rank] of ranks.entries()) {
    reach = Math.min(width - 1, reach + rank);
    for (let count = Math.min(chosen, taken + 1); count > 0; count--) {
      const [to, from] = [ways[count], ways[count - 1]];
      if (to === undefined || from === undefined) continue;
      for (let sum = rank; sum <= reach; sum++) to[sum] = (to[sum] as number) + (from[sum - rank] as number);
    }
  }
  const counts = ways[chosen] ?? new Float64Array(width);
  return { counts, total: counts.reduce((sum, count) => sum + count, 0) };
}

function normalP(ranks: readonly number[], observed: number, first: number): number {
  const count = ranks.length;
  const second = count - first;
  const ties = new Map<number, number>();
  for (const rank of ranks) ties.set(rank, (ties.get(rank) ?? 0) + 1);
  const tied = [...ties.values()].reduce((sum, size) => sum + size ** 3 - size, 0);
  const variance = ((first * second) / 12) * (count + 1 - tied / (count * (count - 1)));
  if (variance === 0) return 1;
  const distance = Math.abs(observed / 2 - (first * (count + 1)) / 2) - 0.5;
  return distance <= 0 ? 1 : complementaryError(distance / Math.sqrt(2 * variance));
}

/** erfc of a number from 0 on, relative error below 1.2e-7: the Chebyshev fit of Numerical Recipes, 6.2. */
function complementaryError(z: number): number {
  const t = 1 / (1 + z / 2);
  const fit = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ].reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return t * Math.exp(-z * z + fit);
}
