import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyedProcess, Row, StateValue } from '../../engines/pipeline/index.ts';
import { valueReader } from '../log/index.ts';
import { anyLog, modelOf } from '../testing/index.ts';
import { failureStreak } from './failure-streak.ts';
import { loginTrackerWorkload } from './index.ts';

/** What the function does not use. */
const NO_TIME = {
  states: {},
  currentWatermarkMs: Number.NEGATIVE_INFINITY,
  currentProcessingTimeMs: 0,
  registerEventTimeTimer: () => undefined,
  deleteEventTimeTimer: () => undefined,
  registerProcessingTimeTimer: () => undefined,
  deleteProcessingTimeTimer: () => undefined,
};

/** Runs the function as an engine does: rows of one key together, as many as a batch holds. */
function run(rows: readonly Row[], batch: number): Row[] {
  const states = new Map<string, StateValue>();
  const emitted: Row[] = [];
  for (let start = 0; start < rows.length; start += batch) {
    for (const [key, own] of Map.groupBy(rows.slice(start, start + batch), ({ user }) => String(user))) {
      (failureStreak as KeyedProcess).processRows(own, {
        key,
        state: states.get(key),
        setState: (state) => states.set(key, state),
        clearState: () => states.delete(key),
        emit: (row) => emitted.push(row),
        ...NO_TIME,
      });
    }
  }
  return emitted;
}

const byUser = (rows: readonly Row[]): Map<unknown, Row[]> => Map.groupBy(rows, ({ user }) => user);

describe('failureStreak', () => {
  test('raises the model’s alerts, however many rows come together', () => {
    const logs = anyLog('login-tracker').filter(({ specification }) => specification.brokenShare === 0);
    fc.assert(
      fc.property(logs, fc.integer({ min: 1, max: 200 }), (log, batch) => {
        const textOf = valueReader(log);
        const rows = Array.from({ length: log.count }, (_, sequence) => JSON.parse(textOf(sequence)) as Row);
        expect(byUser(run(rows, batch))).toEqual(byUser(modelOf(log).results));
      }),
      { numRuns: 25 },
    );
  });

  test('keeps no state of a user who never failed five times and whose last attempt succeeded', () => {
    const states = new Map<string, StateValue>([['u', { failures: 3, firstTsMs: 1, alerts: 0 }]]);
    const context = {
      key: 'u',
      state: states.get('u'),
      setState: (state: StateValue) => states.set('u', state),
      clearState: () => states.delete('u'),
      emit: () => expect.unreachable(),
      ...NO_TIME,
    };
    (failureStreak as KeyedProcess).processRows(
      [{ seq: 0, user: 'u', outcome: 'SUCCESS', tsMs: 2 }],
      context,
    );
    expect(states.size).toBe(0);
  });
});

describe('loginOracle', () => {
  const { defaults, generate, oracle } = loginTrackerWorkload;
  const log = generate({ ...defaults, seed: 3, events: 2_000, keys: 40 });

  test('refuses the alert of an engine that missed a reset', () => {
    const textOf = valueReader(log);
    const rows = Array.from({ length: log.count }, (_, sequence) => JSON.parse(textOf(sequence)) as Row);
    const withoutSuccesses = run(
      rows.filter(({ outcome }) => outcome === 'FAILED'),
      1,
    );
    const verdicts = withoutSuccesses.map(
      (alert) =>
        oracle(log, { late: 'none' }).observe('output', Buffer.from(JSON.stringify(alert)), () => undefined)
          .kind,
    );
    expect(verdicts).toContain('wrong');
  });

  test('starts an alert’s clock with the fifth failure', () => {
    const textOf = valueReader(log);
    for (const alert of modelOf(log).results) {
      const covered: number[] = [];
      oracle(log, { late: 'none' }).observe('output', Buffer.from(JSON.stringify(alert)), (sequence) =>
        covered.push(sequence),
      );
      expect(covered.map((sequence) => JSON.parse(textOf(sequence)))).toMatchObject([
        { user: alert.user, outcome: 'FAILED', tsMs: alert.lastTsMs },
      ]);
    }
  });
});
