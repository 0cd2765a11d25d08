import type { RecordedLog } from './recorded-log.ts';

type Values = Pick<RecordedLog, 'values' | 'valueStart'>;

/** The UTF-8 of record `sequence`'s value: a view, nothing is copied. */
export function valueBytes(log: Values, sequence: number): Uint8Array {
  return log.values.subarray(log.valueStart[sequence], log.valueStart[sequence + 1]);
}

/** UTF-8 as text. */
export function valueText(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
}

/** Makes a function from a sequence number to the text of that record's value. */
export function valueReader(log: Values): (sequence: number) => string {
  const bytes = Buffer.from(log.values.buffer, log.values.byteOffset, log.values.byteLength);
  return (sequence) => bytes.toString('utf8', log.valueStart[sequence], log.valueStart[sequence + 1]);
}
