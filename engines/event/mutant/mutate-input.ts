import type { EngineMutant } from '../../pipeline/index.ts';

const REPLAYED_RECORDS = 20;
const THOUSAND_YEARS_MS = 31_536_000_000_000;

/** double-replay: where the sources begin to read after a restart, some records of each partition before what was restored. */
export function mutatePositions(
  mutant: EngineMutant | undefined,
  positions: readonly number[],
  isRestart: boolean,
): readonly number[] {
  if (mutant !== 'double-replay' || !isRestart) return positions;
  return positions.map((position) => Math.max(0, position - REPLAYED_RECORDS));
}

/** late-kept: windows that are closed and put out live on and take late records, which puts them out again. */
export function mutantLatenessMs(mutant: EngineMutant | undefined): number {
  return mutant === 'late-kept' ? THOUSAND_YEARS_MS : 0;
}
