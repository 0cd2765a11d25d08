/** A place where the level of a series changes. */
export interface ChangePoint {
  /** Of the first value of the new level. */
  readonly index: number;
  /** Means of the values from the change point before to this one, and from this one to the next. */
  readonly before: number;
  readonly after: number;
  /** Two-sided, of Student's t-test between the two. */
  readonly p: number;
}

export interface ChangePointOptions {
  /** Values looked at together; windows overlap by half. At least 2. */
  readonly windowLength: number;
  /** Final level of significance; candidates are sought at ten times as much. Below 0.05. */
  readonly maximumP: number;
  /** As a share: a smaller change of the mean is left out. */
  readonly minimumEffect: number;
}

/** Otava's window and level: 50 values, p < 0.001. */
export const CHANGE_POINT_DEFAULTS = { windowLength: 50, maximumP: 0.001 } as const;

/**
 * Where the level of a series changes: E-divisive (Matteson and James, arXiv 1306.4933) as Apache Otava does it (Fleming et al., Hunter,
 * arXiv 2301.03034, and docs/MATH.md of apache/otava): in overlapping windows, split where the energy distance between the two sides is
 * greatest, as long as a t-test in place of a permutation test finds the sides different at a weak level; then merge across the weakest
 * change points until all that is left is significant at the final level and large enough. Deterministic.
 *
 * @param series finite numbers, the oldest first
 * @returns change points in order; none of fewer than three values
 */
export function changePoints(
  series: readonly number[],
  { windowLength, maximumP, minimumEffect }: ChangePointOptions,
): readonly ChangePoint[] {
  const places = weakPlaces(series, windowLength, maximumP * 10);
  for (;;) {
    const points = testAt(series, places);
    const unlikely = points.filter(({ p }) => p >= maximumP).sort((a, b) => b.p - a.p);
    const small = points
      .filter((point) => sizeOf(point) < minimumEffect)
      .sort((a, b) => sizeOf(a) - sizeOf(b));
    const weakest = unlikely[0] ?? small[0];
    if (weakest === undefined) return points;
    places.splice(places.indexOf(weakest.index), 1);
  }
}

function weakPlaces(series: readonly number[], windowLength: number, maximumP: number): number[] {
  const places = new Set<number>();
  for (let start = 0; start < series.length; ) {
    const found = divide(series.slice(start, start + windowLength), maximumP).map((index) => start + index);
    for (const place of found) places.add(place);
    start = Math.max(found.at(-1) ?? 0, start + Math.floor(windowLength / 2));
  }
  return [...places].sort((a, b) => a - b);
}

/** Splits a window at the best candidate of all its parts until that is not significant. */
function divide(window: readonly number[], maximumP: number): readonly number[] {
  const within = pairDistances(window);
  let places: number[] = [];
  for (;;) {
    const candidate = bestCandidate([0, ...places, window.length], within);
    if (candidate === null) return places;
    const extended = [...places, candidate].sort((a, b) => a - b);
    const tested = testAt(window, extended).find(({ index }) => index === candidate);
    if (tested === undefined || tested.p > maximumP) return places;
    places = extended;
  }
}

/** The place in any part where the energy distance between left and right is greatest; the right side may end before its part does. */
function bestCandidate(borders: readonly number[], within: PairDistances): number | null {
  let best = Number.NEGATIVE_INFINITY;
  let place: number | null = null;
  borders.slice(1).forEach((end, i) => {
    const start = borders[i] ?? 0;
    for (let split = start + 1; split < end; split++) {
      for (let stop = split + 1; stop <= end; stop++) {
        const distance = energyDistance(start, split, stop, within);
        if (distance > best) [best, place] = [distance, split];
      }
    }
  });
  return place;
}

function energyDistance(start: number, split: number, stop: number, within: PairDistances): number {
  const [left, right] = [split - start, stop - split];
  const [leftSum, rightSum] = [within(start, split), within(split, stop)];
  const between = within(start, stop) - leftSum - rightSum;
  const mean = (sum: number, size: number) => (size < 2 ? 0 : sum / ((size * (size - 1)) / 2));
  const divergence = (2 * between) / (left * right) - mean(leftSum, left) - mean(rightSum, right);
  return ((left * right) / (left + right)) * divergence;
}

/** Sum of the distances of all pairs of values from `start` to before `end`. */
type PairDistances = (start: number, end: number) => number;

function pairDistances(values: readonly number[]): PairDistances {
  const sums = values.map((_, start) => {
    const row = new Float64Array(values.length + 1);
    for (let end = start + 1; end < values.length; end++) {
      const added = values
        .slice(start, end)
        .reduce((sum, value) => sum + Math.abs(value - (values[end] ?? 0)), 0);
      row[end + 1] = (row[end] ?? 0) + added;
    }
    return row;
  });
  return (start, end) => sums[start]?.[end] ?? 0;
}

function testAt(series: readonly number[], places: readonly number[]): readonly ChangePoint[] {
  return places.map((index, i) => {
    const left = series.slice(places[i - 1] ?? 0, index);
    const right = series.slice(index, places[i + 1] ?? series.length);
    return { index, before: meanOf(left), after: meanOf(right), p: studentP(left, right) };
  });
}

/** The change as a share of the smaller level, so that up and down count alike. */
function sizeOf({ before, after }: ChangePoint): number {
  const [low, high] = [Math.abs(before), Math.abs(after)].sort((a, b) => a - b);
  return low === undefined || high === undefined || low === 0 ? Number.POSITIVE_INFINITY : high / low - 1;
}

/**
 * Two-sided p of Student's t-test with pooled variance; 1 of fewer than three values. A side may hold a single value. By the finite sums for
 * whole degrees of freedom: Abramowitz and Stegun 26.7.3 and 26.7.4.
 */
export function studentP(left: readonly number[], right: readonly number[]): number {
  const freedom = left.length + right.length - 2;
  if (freedom < 1 || left.length === 0 || right.length === 0) return 1;
  const difference = Math.abs(meanOf(left) - meanOf(right));
  const pooled = (squaresOf(left) + squaresOf(right)) / freedom;
  if (difference === 0) return 1;
  const angle = Math.atan2(
    difference / Math.sqrt(freedom),
    Math.sqrt(pooled * (1 / left.length + 1 / right.length)),
  );
  const squaredCosine = Math.cos(angle) ** 2;
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * squaredCosine;
    sum += term;
  }
  const inside = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return Math.min(1, Math.max(0, 1 - inside));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaresOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
