import { buildLog, type LogSpecification, type RecordedLog } from '../../authoring.ts';

/** 2026-01-01T00:00:00Z. */
const FIRST_MS = 1_767_225_600_000;
/** So that five attempts of one of 1,000 users take about 24 s: some runs of failures are too slow for an alert. */
export const STEP_MS = 6;
/** One user in five is under attack. */
const USERS_PER_ATTACKED = 5;

/** Login attempts: `{"seq":0,"user":"u00001","outcome":"FAILED","tsMs":1767225600000}`. */
export function generateLogins(specification: LogSpecification): RecordedLog {
  return buildLog(specification, { prefix: 'u', leastDigits: 5 }, ({ streams }) => ({
    writeEvent({ sequence, keyIndex, keyJson }, writer) {
      const failed = streams.amounts.chance(keyIndex % USERS_PER_ATTACKED === 0 ? 0.94 : 0.1);
      writer.text('{"seq":');
      writer.integer(sequence);
      writer.text(',"user":');
      writer.bytes(keyJson);
      writer.text(`,"outcome":"${failed ? 'FAILED' : 'SUCCESS'}","tsMs":`);
      writer.integer(FIRST_MS + STEP_MS * sequence);
      writer.text('}');
    },
  }));
}
