import type { RecordedLog } from './recorded-log.ts';

/** Makes a function from a sequence number to the text of that record's value. */
export function valueReader(log: Pick<RecordedLog, 'values' | 'valueStart'>): (sequence: number) => string {
  const bytes = Buffer.from(log.values.buffer, log.values.byteOffset, log.values.byteLength);
  return (sequence) => bytes.toString('utf8', log.valueStart[sequence], log.valueStart[sequence + 1]);
}
