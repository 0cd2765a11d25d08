import { expect, test } from 'vitest';
import { AdmissionControl, type AdmissionLimits } from './admission.ts';

/** A look of the trigger: when, what is there of each partition, and what the batch takes of each. */
interface Look {
  readonly nowMs: number;
  readonly available: readonly number[];
  readonly to: readonly number[];
  readonly admission: 'all' | 'rate-limit' | 'minimum';
}

/** Wall clock of a first look, as far from the epoch as any. */
const START_MS = 1_700_000_000_000;

/**
 * After KafkaMicroBatchSourceSuite of Spark (connector/kafka-0-10-sql, org/apache/spark/sql/kafka010): the records that its assertions say were read
 * up to each look, as end offsets.
 */
const CASES: Record<string, { readonly limits: AdmissionLimits; readonly looks: readonly Look[] }> = {
  maxOffsetsPerTrigger: {
    limits: { maxRecords: 10, minRecords: 0, maxDelayMs: 0 },
    looks: [
      { nowMs: 0, available: [101, 11, 1], to: [8, 1, 1], admission: 'rate-limit' },
      { nowMs: 100, available: [101, 11, 1], to: [17, 2, 1], admission: 'rate-limit' },
      { nowMs: 200, available: [101, 11, 1], to: [26, 3, 1], admission: 'rate-limit' },
      { nowMs: 300, available: [101, 11, 1], to: [35, 4, 1], admission: 'rate-limit' },
    ],
  },
  minOffsetsPerTrigger: {
    limits: { maxRecords: 0, minRecords: 15, maxDelayMs: 5_000 },
    looks: [
      { nowMs: 0, available: [10, 5, 1], to: [10, 5, 1], admission: 'all' },
      { nowMs: 100, available: [10, 11, 1], to: [10, 5, 1], admission: 'minimum' },
      { nowMs: 200, available: [21, 11, 2], to: [21, 11, 2], admission: 'all' },
      { nowMs: 300, available: [26, 16, 2], to: [21, 11, 2], admission: 'minimum' },
      { nowMs: 5_300, available: [26, 16, 2], to: [26, 16, 2], admission: 'all' },
    ],
  },
  compositeReadLimit: {
    limits: { maxRecords: 20, minRecords: 15, maxDelayMs: 5_000 },
    looks: [
      { nowMs: 0, available: [21, 11, 1], to: [12, 6, 1], admission: 'rate-limit' },
      { nowMs: 100, available: [21, 11, 1], to: [12, 6, 1], admission: 'minimum' },
      { nowMs: 200, available: [29, 21, 2], to: [22, 15, 2], admission: 'rate-limit' },
      { nowMs: 300, available: [29, 21, 2], to: [22, 15, 2], admission: 'minimum' },
      { nowMs: 5_300, available: [29, 21, 2], to: [29, 21, 2], admission: 'all' },
    ],
  },
};

test.each(Object.keys(CASES))('%s of KafkaMicroBatchSourceSuite', (name) => {
  const { limits, looks } = CASES[name] as (typeof CASES)[string];
  const control = new AdmissionControl(limits);
  let from: readonly number[] = [0, 0, 0];
  for (const { nowMs, available, to, admission } of looks) {
    const range = control.admit(from, available, START_MS + nowMs);
    expect(range, `at ${nowMs} ms`).toMatchObject({ to, admission });
    from = range.to;
  }
});

test('the wait for the minimum ends exactly at its longest, and is not named where nothing waits', () => {
  const control = new AdmissionControl({ maxRecords: 0, minRecords: 10, maxDelayMs: 1_000 });
  expect(control.admit([0], [1], START_MS).to).toEqual([1]);
  expect(control.admit([1], [1], START_MS + 1)).toEqual({ to: [1], admission: 'all', backlog: 0 });
  expect(control.admit([1], [2], START_MS + 999)).toEqual({ to: [1], admission: 'minimum', backlog: 1 });
  expect(control.admit([1], [2], START_MS + 1_000).to).toEqual([2]);
});

test('what a batch leaves is its backlog', () => {
  const control = new AdmissionControl({ maxRecords: 10, minRecords: 0, maxDelayMs: 0 });
  expect(control.limit([0, 5], [60, 45])).toEqual({ to: [6, 9], admission: 'rate-limit', backlog: 90 });
});
