import { buildLog, type LogSpecification, type RecordedLog } from '../log/index.ts';

/** 2026-01-01T00:00:00Z. Records carry a time of their own, a millisecond apart, since the log must not hold the wall clock. */
const FIRST_MS = 1_767_225_600_000;
const SMALLEST_AMOUNT_MINOR = 100;
const AMOUNT_RANGE_MINOR = 50_000;

/** Payments at merchants: `{"seq":0,"merchant":"m0001","amountMinor":1234,"tsMs":1767225600000}`. */
export function generatePayments(specification: LogSpecification): RecordedLog {
  return buildLog(specification, { prefix: 'm', leastDigits: 4 }, ({ streams }) => ({
    writeEvent({ sequence, keyJson }, writer) {
      writer.bytes(SEQ);
      writer.integer(sequence);
      writer.bytes(MERCHANT);
      writer.bytes(keyJson);
      writer.bytes(AMOUNT);
      writer.integer(SMALLEST_AMOUNT_MINOR + streams.amounts.below(AMOUNT_RANGE_MINOR));
      writer.bytes(TIME);
      writer.integer(FIRST_MS + sequence);
      writer.bytes(END);
    },
  }));
}

const SEQ = Buffer.from('{"seq":');
const MERCHANT = Buffer.from(',"merchant":');
const AMOUNT = Buffer.from(',"amountMinor":');
const TIME = Buffer.from(',"tsMs":');
const END = Buffer.from('}');
