/**
 * Makes an estimate of how many records are due before an instant exact: so that it agrees with `dueNs` to the last bit, whatever
 * was rounded on the way.
 *
 * @param estimate within a few records of the answer
 */
export function countBefore(
  dueNs: (sequence: number) => number,
  elapsedNs: number,
  estimate: (elapsedNs: number) => number,
): number {
  if (elapsedNs <= 0) return 0;
  if (elapsedNs === Number.POSITIVE_INFINITY) return elapsedNs;
  let count = Math.max(0, Math.ceil(estimate(elapsedNs)));
  while (dueNs(count) < elapsedNs) count += 1;
  while (count > 0 && dueNs(count - 1) >= elapsedNs) count -= 1;
  return count;
}
