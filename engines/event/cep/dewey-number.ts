/**
 * The version of a partial match: digits that tell which edges of the shared buffer belong to it (Agrawal et al., Efficient Pattern Matching
 * over Event Streams, SIGMOD 2008; DeweyNumber.java in flink-cep). Never changed in place.
 */
export type DeweyNumber = readonly number[];

/** The last digit is greater by `times`. */
export function increase(version: DeweyNumber, times: number): DeweyNumber {
  const increased = version.slice();
  increased[increased.length - 1]! += times;
  return increased;
}

/** One digit more, 0. */
export function addStage(version: DeweyNumber): DeweyNumber {
  return [...version, 0];
}

/** Whether an edge of version `edge` belongs to a match of version `version`: a prefix of it, or the same up to a last digit that is not greater. */
export function isCompatible(version: DeweyNumber, edge: DeweyNumber): boolean {
  const last = edge.length - 1;
  if (version.length < edge.length) return false;
  for (let index = 0; index < last; index += 1) {
    if (version[index] !== edge[index]) return false;
  }
  return version.length === edge.length
    ? (version[last] as number) >= (edge[last] as number)
    : version[last] === edge[last];
}
