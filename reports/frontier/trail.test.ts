import { expect, test } from 'vitest';
import {
  cell,
  drainRun,
  latencyRun,
  recoveryRun,
  sustainRun,
  syntheticResult,
} from '../claims/testing/index.ts';
import { evidenceOf } from '../evidence/index.ts';
import type { Cell, Run } from '../model/index.ts';
import { MALICIOUS } from '../testing/index.ts';
import { trailsOf } from './trail.ts';
import { trailSheetsOf } from './trail-sheet.ts';

const trails = (...cells: readonly Cell[]) =>
  trailsOf(evidenceOf([{ file: 'r.json', result: syntheticResult(cells) }]).configurations);

/** Profiles of a matrix have names of their own. */
const event = (settings: Readonly<Record<string, string | number>>, ...runs: readonly Run[]): Cell =>
  cell('event', runs, { profile: JSON.stringify(settings), settings });

const p99 = (p99Ms: number) => latencyRun(5_000, { p50Ms: 1, p99Ms });

test('a row in which sheets differ, and no other, is a knob; numbers come in their order, words as they come', () => {
  const found = trails(
    event({ interval: 1_000, state: 'heap', linger: 0 }, p99(10)),
    event({ interval: 250, state: 'heap', linger: 0 }, p99(12)),
    event({ interval: 4_000, state: 'heap', linger: 0 }, p99(9)),
    event({ interval: 1_000, state: 'rocksdb', linger: 0 }, p99(30)),
    event({ interval: 1_000, state: 'redis', linger: 5 }, p99(40)),
  );
  expect(found.map(({ engine, setting, values, fixed }) => [engine, setting, values, fixed])).toEqual([
    ['event-driven', 'interval', ['250', '1000', '4000'], ''],
    ['event-driven', 'state', ['heap', 'rocksdb'], ''],
  ]);
  expect(
    found[0]?.figures.map(({ title, values }) => [title, values.map((one) => one?.estimate.median)]),
  ).toEqual([
    ['p50 at 5,000/s', [1, 1, 1]],
    ['p99 at 5,000/s', [12, 10, 9]],
    ['CPU-s/M at 5,000/s', [10, 10, 10]],
  ]);
});

test('trails of one setting say what is fixed in each', () => {
  const found = trails(
    ...[0, 100].flatMap((buffer) => [1, 2].map((slots) => event({ buffer, slots }, p99(buffer + slots)))),
  );
  expect(found.map(({ setting, fixed }) => [setting, fixed])).toEqual([
    ['buffer', 'slots=1'],
    ['buffer', 'slots=2'],
    ['slots', 'buffer=0'],
    ['slots', 'buffer=100'],
  ]);
});

test('engines, guarantees, workloads and logs are never mixed, and a version is no knob', () => {
  const one = event({ interval: 1, flinkVersion: 'a' }, p99(10));
  const other = event({ interval: 2, flinkVersion: 'a' }, p99(20));
  expect(trails(one, other)).toHaveLength(1);
  expect(trails(one, { ...other, engine: 'flink' })).toEqual([]);
  expect(trails(one, { ...other, guarantee: 'exactly-once' })).toEqual([]);
  expect(trails(one, { ...other, workload: 'login-tracker' })).toEqual([]);
  const moreKeys = latencyRun(5_000, { p99Ms: 20, keys: 5 });
  expect(trails(one, event({ interval: 2, flinkVersion: 'a' }, moreKeys))).toEqual([]);
  expect(trails(one, event({ interval: 1, flinkVersion: 'b' }, p99(20)))).toEqual([]);
});

test('figures under unlike conditions are left out, and without any there is no trail', () => {
  expect(trails(event({ a: 1 }, p99(10)), event({ a: 2 }, latencyRun(9_000, { p99Ms: 1 })))).toEqual([]);
  expect(trails(event({ a: 1 }, p99(10)), event({ a: 2 }, drainRun(5_000)))).toEqual([]);
  const [trail] = trails(
    event({ a: 1 }, p99(10), drainRun(100_000, { events: 1_000 })),
    event({ a: 2 }, p99(10), drainRun(200_000, { events: 2_000 })),
  );
  expect(trail?.figures.map(({ title }) => title)).not.toContainEqual(expect.stringContaining('drain'));
});

test('the table tells change, ranges apart, bounds, and what was not reached', () => {
  const kills = (caughtUpMs: number | null) => recoveryRun([{ caughtUpMs }, { caughtUpMs: 3_000 }]);
  const [trail] = trails(
    event({ a: 1 }, p99(10), p99(12), sustainRun(5_000), kills(2_000)),
    event({ a: 2 }, p99(11), p99(13), sustainRun(6_000, { limitedBy: 'driver' }), kills(2_200)),
    event({ a: 3 }, p99(20), p99(24), sustainRun(9_000, { limitedBy: 'driver' }), kills(null)),
  );
  const [sheet] = trail === undefined ? [] : trailSheetsOf([trail]);
  expect(sheet?.title).toBe('merchant-spend, at-least-once: what a moves on event-driven');
  expect(sheet?.headers).toEqual(['figure', '1', '2', '3', 'change', 'apart']);
  expect(sheet?.rows.slice(1, 6)).toEqual([
    ['p99 at 5,000/s, ms', '11.0 (10.0–12.0)', '12.0 (11.0–13.0)', '22.0 (20.0–24.0)', '× 2.00', 'yes'],
    ['CPU-s/M at 5,000/s, s', '10.0 (10.0–10.0)', '10.0 (10.0–10.0)', '10.0 (10.0–10.0)', '× 1.00', 'no'],
    ['sustainable rate (p99 ≤ 2,000 ms), k/s', '5.00', '≥ 6.00', '≥ 9.00', '–', '–'],
    ['first output after a kill at 5,000/s, s', '1.25 (1.00–1.50)', '1.30 (1.10–1.50)', '–', '–', '–'],
    ['caught up after a kill at 5,000/s, s', '2.50 (2.00–3.00)', '2.60 (2.20–3.00)', '–', '–', '–'],
  ]);
});

test('a latency that was never steady is marked, in the caption too', () => {
  const unsteady = latencyRun(5_000, { p50Ms: 1, p99Ms: 90, neverSteady: true });
  const sheets = [unsteady, p99(90)].flatMap((last) =>
    trailSheetsOf(trails(event({ a: 1 }, p99(10)), event({ a: 2 }, last))),
  );
  expect(sheets.map(({ rows }) => rows[1]?.[2])).toEqual(['90.0 †', '90.0']);
  expect(sheets.map(({ caption }) => caption.includes('†'))).toEqual([true, false]);
});

test('of very many trails the first are shown and the others counted', () => {
  const values = [1, 2, 3, 4];
  const found = trails(
    ...values.flatMap((a) => values.flatMap((b) => values.map((c) => event({ a, b, c }, p99(a + b + c))))),
  );
  const sheets = trailSheetsOf(found);
  expect([found.length, sheets.length]).toEqual([48, 25]);
  expect(sheets.at(-1)?.rows).toEqual([
    ['b', 'event-driven', 'merchant-spend', 'at-least-once', '8'],
    ['c', 'event-driven', 'merchant-spend', 'at-least-once', '16'],
  ]);
});

test('hostile names and values stay harmless and short', () => {
  const [trail] = trails(
    event({ [MALICIOUS]: MALICIOUS.repeat(20) }, p99(10)),
    event({ [MALICIOUS]: 'x' }, p99(20)),
  );
  const [sheet] = trail === undefined ? [] : trailSheetsOf([trail]);
  const texts = [sheet?.title ?? '', ...(sheet?.headers ?? [])];
  expect(texts.filter((text) => /\p{Cc}/u.test(text) || text.length > 160)).toEqual([]);
  expect(sheet?.rows[1]?.slice(-2)).toEqual(['× 2.00', 'one run']);
});
