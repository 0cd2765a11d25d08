import { hashLog } from './log-hash.ts';
import type { RecordedLog } from './recorded-log.ts';
import { shared } from './shared.ts';

/** Records from elsewhere, in replay order. */
interface LogParts {
  /** `topic:NAME`. */
  readonly workload: string;
  readonly partitions: number;
  readonly keys: readonly string[];
  readonly records: readonly {
    readonly partition: number;
    /** Place in `keys`. */
    readonly key: number;
    readonly value: Uint8Array;
    /** Microseconds from the first record, never decreasing. */
    readonly dueUs: number;
  }[];
}

/** Makes a log of records that were not generated. */
export function assembleLog({ workload, partitions, keys, records }: LogParts): RecordedLog {
  const count = records.length;
  const partitionOf = shared(Uint8Array, count);
  const keyOf = shared(Uint32Array, count);
  const valueStart = shared(Uint32Array, count + 1);
  const dueUs = shared(Float64Array, count);
  const values = shared(
    Uint8Array,
    records.reduce((sum, { value }) => sum + value.length, 0),
  );
  for (const [sequence, record] of records.entries()) {
    const start = valueStart[sequence] as number;
    partitionOf[sequence] = record.partition;
    keyOf[sequence] = record.key;
    dueUs[sequence] = record.dueUs;
    values.set(record.value, start);
    valueStart[sequence + 1] = start + record.value.length;
  }
  const content = { count, partitionOf, values, valueStart, keyOf, keys, dueUs };
  const specification = {
    workload,
    seed: 0,
    events: count,
    partitions,
    keys: Math.max(1, keys.length),
    skew: 0,
    disorderShare: 0,
    lateShare: 0,
    brokenShare: 0,
  };
  return { specification, sha256: hashLog(content), ...content };
}
