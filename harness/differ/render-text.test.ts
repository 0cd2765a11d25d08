import { expect, test } from 'vitest';
import { compareRuns, type ResultRules } from './compare-runs.ts';
import {
  type Compared,
  DIFFER_SCHEMA_VERSION,
  differResultSchema,
  type LateAccount,
} from './differ-result.ts';
import { type OutputRecord, outputRecord } from './output-record.ts';
import type { PlayedLog } from './play-log.ts';
import { renderCompared, renderConclusion } from './render-text.ts';

const RULES: ResultRules = {
  identity: ['region', 'windowStartMs'],
  lastOfEach: false,
  mayBeMissing: ({ region }) => region === 'sentinel',
};

const window = (region: string, windowStartMs: number, totalMinor: number): OutputRecord =>
  outputRecord(region, Buffer.from(JSON.stringify({ region, windowStartMs, totalMinor })));

function played(
  engine: PlayedLog['engine'],
  outputs: PlayedLog['outputs'],
  late: LateAccount | null = null,
): PlayedLog {
  return { engine, wallMs: 1_000, outputs, late, oraclePassed: true, oracleReasons: [] };
}

function comparedOf(pairs: Compared['pairs'], runs: Compared['runs'] = []): Compared {
  const log = { sha256: 'a'.repeat(64), records: 20_004 };
  return { workload: 'regional-revenue', guarantee: 'at-least-once', profile: 'default', log, runs, pairs };
}

test('engines that put out the same take a line a pair; late records that one drops are held by number', () => {
  const late = { late: [outputRecord('a', Buffer.from('{"seq":1}'))] };
  const outputs = { output: [window('a', 1, 5), window('sentinel', 9, 0)], 'dead-letter': [] };
  const base = played('event', { ...outputs, ...late }, { how: 'put-out', records: 1 });
  const flink = played('flink', { ...outputs, ...late }, { how: 'put-out', records: 1 });
  const results = { output: [window('a', 1, 5)], 'dead-letter': [] };
  const microBatch = played('micro-batch', results, { how: 'counted', records: 1 });
  const compared = comparedOf([flink, microBatch].map((other) => compareRuns(base, other, RULES, 20)));
  expect(renderCompared(compared)).toBe(
    `regional-revenue, at-least-once: 20,004 records, log aaaaaaaaaaaa
  event and flink: the same: 2 results; 0 dead letters; 1 late records
  event and micro-batch: the same: 1 results the same, 1 left open by how an engine is stopped; 0 dead letters; late records: 1 put out, 1 dropped and counted
  (late records that an engine drops cannot be held against others one by one; windows of equal counts and sums left out the same ones)
`,
  );
});

test('differences are shown record by record, to the limit, with what the oracle says', () => {
  const base = played('event', { output: [window('a', 1, 5), window('b', 1, 5), window('c', 1, 5)] });
  const noJson = outputRecord('0', Buffer.from('\u001b[31m'));
  const spark = played('spark', {
    output: [window('a', 1, 6), window('b', 1, 5), window('b', 1, 5), noJson],
  });
  const pair = compareRuns(base, spark, RULES, 3);
  const run = {
    engine: 'spark',
    wallMs: 1,
    records: { output: 4 },
    oraclePassed: false,
    oracleReasons: ['1 outputs came more than once'],
  };
  const compared = comparedOf([pair], [run]);
  expect(renderCompared(compared)).toBe(
    `regional-revenue, at-least-once: 20,004 records, log aaaaaaaaaaaa
  spark is wrong by the oracle:
    1 outputs came more than once
  event and spark: DIFFERENT: 1 results the same, 1 differ, 1 only in event, 1 only in spark, 1 not equally often
    only in spark:
      0  (no JSON) \\u001b[31m
    differs in totalMinor:
      event  a  {"region":"a","totalMinor":5,"windowStartMs":1}
      spark  a  {"region":"a","totalMinor":6,"windowStartMs":1}
    1 times in event, 2 times in spark:
      b  {"region":"b","totalMinor":5,"windowStartMs":1}
    and 1 more
`,
  );
  expect(renderConclusion({ compared: [compared], isSame: false })).toBe(
    '1 of 1 pairs differ, 1 wrong by the oracle.\n',
  );
});

test('the JSON is of its schema', () => {
  const base = played('event', { output: [window('a', 1, 5), window('b', 1, 5)] });
  const other = played('flink', { output: [window('a', 1, 6), window('a', 2, 6)] });
  const compared = [comparedOf([compareRuns(base, other, RULES, 2)])];
  const tool = { version: '0.1.0', gitCommit: null, gitDirty: null };
  const result = { schemaVersion: DIFFER_SCHEMA_VERSION, tool, compared, isSame: false };
  expect(differResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
});

const raw = (records: number): LateAccount => ({ how: 'counted', records });
const merged = (records: number): LateAccount => ({ how: 'counted-after-aggregation', records });

test.each([
  [{ how: 'put-out', records: 5 }, raw(5), true],
  [{ how: 'put-out', records: 5 }, raw(4), false],
  [raw(5), merged(3), true],
  [merged(3), raw(5), true],
  [raw(5), merged(6), false],
  [raw(5), merged(0), false],
  [merged(2), merged(3), true],
  [merged(0), merged(3), false],
] as const)('late records %j and %j agree: %j', (base, other, agree) => {
  const pair = compareRuns(played('micro-batch', {}, base), played('spark', {}, other), RULES, 1);
  expect(pair).toMatchObject({ isSame: agree, late: { base, other, agree } });
});
