import { hashLog } from './log-hash.ts';
import type { LogSpecification, RecordedLog } from './recorded-log.ts';

/** The first `events` records of a log, or all where it has fewer, under another specification. Nothing is copied. */
export function firstRecords(log: RecordedLog, specification: LogSpecification): RecordedLog {
  const count = Math.min(log.count, specification.events);
  if (count === log.count) return { ...log, specification };
  const { values, valueStart, keyOf, partitionOf, keys, dueUs } = log;
  const content = {
    count,
    partitionOf: partitionOf.subarray(0, count),
    values: values.subarray(0, valueStart[count]),
    valueStart: valueStart.subarray(0, count + 1),
    keyOf: keyOf.subarray(0, count),
    keys,
    ...(dueUs === undefined ? {} : { dueUs: dueUs.subarray(0, count) }),
  };
  return { specification, sha256: hashLog(content), ...content };
}
