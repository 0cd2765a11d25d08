/**
 * Where a batch of at most `maxRecords` ends: every partition gets the share of its lag, rounded as in Spark's
 * KafkaMicroBatchStream.rateLimit, so partitions advance together. 0 is unlimited. Offsets are next offsets per
 * partition.
 */
export function limitBatch(
  from: readonly number[],
  available: readonly number[],
  maxRecords: number,
): readonly number[] {
  const lags = available.map((end, partition) => Math.max(0, end - (from[partition] as number)));
  const totalLag = lags.reduce((total, lag) => total + lag, 0);
  const share = maxRecords === 0 || totalLag <= maxRecords ? 1 : maxRecords / totalLag;
  return lags.map((lag, partition) => {
    const start = from[partition] as number;
    if (share === 1) return start + lag;
    const part = lag * share;
    // A partition that lags at all gets at least one record, or it could starve.
    return start + Math.min(lag, part < 1 ? Math.ceil(part) : Math.floor(part));
  });
}
