import { buildLog, type LogSpecification, type RecordedLog } from '../../authoring.ts';

/** 2026-01-01T00:00:00Z. */
const FIRST_MS = 1_767_225_600_000;
/** One of 1,000 devices pays every 20 s or so. */
export const STEP_MS = 20;
/** One device in ten is in the hands of a thief. */
const DEVICES_PER_THIEF = 10;

/** Payments: `{"seq":0,"device":"d0001","account":17,"amountMinor":1250,"tsMs":1767225600000}`. A thief draws from 12 accounts, others from 2. */
export function generatePayments(specification: LogSpecification): RecordedLog {
  return buildLog(specification, { prefix: 'd', leastDigits: 4 }, ({ streams }) => ({
    writeEvent({ sequence, keyIndex, keyJson }, writer) {
      const accounts = keyIndex % DEVICES_PER_THIEF === 0 ? 12 : 2;
      writer.text('{"seq":');
      writer.integer(sequence);
      writer.text(',"device":');
      writer.bytes(keyJson);
      writer.text(',"account":');
      writer.integer(100 * keyIndex + streams.traits.below(accounts));
      writer.text(',"amountMinor":');
      writer.integer(100 + streams.amounts.below(20_000));
      writer.text(',"tsMs":');
      writer.integer(FIRST_MS + STEP_MS * sequence);
      writer.text('}');
    },
  }));
}
