/**
 * Adjusted p of a family of tests, in the order given: each below alpha may be called significant, and the chance of any false alarm in
 * the family is at most alpha, whatever the tests have to do with each other (Holm, Scand. J. Statist. 6, 1979).
 */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = ps.map(() => 1);
  let highest = 0;
  for (const [rank, { p, index }] of order.entries()) {
    highest = Math.max(highest, Math.min(1, p * (ps.length - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}
