import { workloadErrors } from '../errors.ts';
import type { LogContent } from './log-hash.ts';
import { shared } from './shared.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;

/**
 * Reads the canonical bytes of a log: for each record `partition \t key \t value \n`.
 *
 * @throws WORKLOAD_LOG_UNREADABLE or WORKLOAD_LOG_TRUNCATED
 */
export function parseLines(bytes: Buffer, count: number): LogContent {
  // A record takes four bytes at least: a header that promises more must not make us reserve memory for it.
  if (count > bytes.length / 4) {
    throw workloadErrors.error('WORKLOAD_LOG_TRUNCATED', { found: countLines(bytes), expected: count });
  }
  const partitionOf = shared(Uint8Array, count);
  const keyOf = shared(Uint32Array, count);
  const valueStart = shared(Uint32Array, count + 1);
  const values = shared(Uint8Array, bytes.length);
  const keyIndexes = new Map<string, number>();
  let at = 0;
  for (let sequence = 0; sequence < count; sequence += 1) {
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0) throw workloadErrors.error('WORKLOAD_LOG_TRUNCATED', { found: sequence, expected: count });
    const partitionEnd = bytes.indexOf(TAB, at);
    const keyEnd = bytes.indexOf(TAB, partitionEnd + 1);
    const partition = Number(bytes.toString('latin1', at, partitionEnd));
    if (partitionEnd < 0 || keyEnd < 0 || keyEnd > end || !(partition >= 0 && partition < 256)) {
      const problem = `record ${sequence} is not partition, key and value between tabs`;
      throw workloadErrors.error('WORKLOAD_LOG_UNREADABLE', { problem });
    }
    const key = bytes.toString('utf8', partitionEnd + 1, keyEnd);
    const keyIndex = keyIndexes.get(key) ?? keyIndexes.size;
    keyIndexes.set(key, keyIndex);
    partitionOf[sequence] = partition;
    keyOf[sequence] = keyIndex;
    const start = valueStart[sequence] as number;
    values.set(bytes.subarray(keyEnd + 1, end), start);
    valueStart[sequence + 1] = start + end - keyEnd - 1;
    at = end + 1;
  }
  if (at !== bytes.length) {
    throw workloadErrors.error('WORKLOAD_LOG_UNREADABLE', {
      problem: `bytes follow after record ${count - 1}`,
    });
  }
  return {
    count,
    partitionOf,
    keyOf,
    valueStart,
    values: values.subarray(0, valueStart[count]),
    keys: [...keyIndexes.keys()],
  };
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}
