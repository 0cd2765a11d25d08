import type { EngineMutant } from '../../pipeline/index.ts';
import type { BatchSource } from '../execution/index.ts';

const REPLAYED_RECORDS = 20;

/** double-replay: the first batch after a restart begins some records of each partition too early. */
export function mutateSource(
  mutant: EngineMutant | undefined,
  source: BatchSource,
  isRestart: boolean,
): BatchSource {
  if (mutant !== 'double-replay' || !isRestart) return source;
  let first = true;
  return {
    name: source.name,
    earliestOffsets: () => source.earliestOffsets(),
    latestOffsets: () => source.latestOffsets(),
    read({ from, to }) {
      const early = first ? from.map((offset) => Math.max(0, offset - REPLAYED_RECORDS)) : from;
      first = false;
      return source.read({ from: early, to });
    },
    fetchAhead: (from, maxWaitMs) => source.fetchAhead(from, maxWaitMs),
    arrivedOffsets: (from) => source.arrivedOffsets(from),
    close: () => source.close(),
  };
}
