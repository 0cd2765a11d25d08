import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Result, writeResult } from '../model/index.ts';
import { MALICIOUS, refusedResult } from '../testing/index.ts';
import { historyDocumentSchema, historyJsonSchema } from './history-document.ts';
import { historySeries } from './history-series.ts';
import { readHistory } from './read-history.ts';
import { renderHistoryJson } from './render-json.ts';
import { renderHistoryText } from './render-text.ts';
import { plantedResults } from './testing/index.ts';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosscurrent-history-'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function written(name: string, results: readonly Result[]): Promise<string> {
  const folder = join(root, name);
  for (const [i, result] of results.entries())
    await writeResult(result, join(folder, `${9 - i}`, 'result.json'));
  return folder;
}

const options = { metrics: ['latency-p50', 'drain-rate'], minimumPoints: 8 } as const;

test('the change stands between the two rows where it is', async () => {
  const history = await readHistory(await written('planted', plantedResults(8, 5)));
  expect(renderHistoryText(history, historySeries(history, options))).toMatchInlineSnapshot(`
    "8 results below planted

    merchant-spend, at-least-once: event-driven, 5000/s
      on Fixture CPU @ 2.00GHz x 2, 7900 MiB, limited to 2 CPUs, Linux 6.1.0 x64, Node v24.12.0, Java 21.0.5, embedded broker 4.3.0, 512 MiB heap
      date              commit      p50, ms
      2026-01-01 03:04  abc000         4.95
      2026-01-02 03:04  abc001+        5.00
      2026-01-03 03:04  abc002         5.05
      2026-01-04 03:04  abc003         4.97
      2026-01-05 03:04  abc004         5.02
      ·····  p50 +20.0%  ·····
      2026-01-06 03:04  abc005         5.94
      2026-01-07 03:04  abc006         6.00
      2026-01-08 03:04  abc007         6.06

    merchant-spend, at-least-once: event-driven
      on Fixture CPU @ 2.00GHz x 2, 7900 MiB, limited to 2 CPUs, Linux 6.1.0 x64, Node v24.12.0, Java 21.0.5, embedded broker 4.3.0, 512 MiB heap
      date              commit      drain, k/s
      2026-01-01 03:04  abc000             119
      2026-01-02 03:04  abc001+            120
      2026-01-03 03:04  abc002             121
      2026-01-04 03:04  abc003             119
      2026-01-05 03:04  abc004             121
      2026-01-06 03:04  abc005             119
      2026-01-07 03:04  abc006             120
      2026-01-08 03:04  abc007             121

    Changes of level, each at the first result after it (the cause is in a commit near it):
      merchant-spend, at-least-once: event-driven, 5000/s: p50 +20.0%, worse (5.00 ms to 6.00 ms, p < 0.0001) at abc005 of 2026-01-06 03:04; 8 results, about 20 are needed to trust it
    A change is worth little below about 20 results, and least at a single last one. Results of unlike machines or brokers are different series.
    "
  `);
});

test('foreign, broken, repeated and deep files are told or left, not fatal', async () => {
  const [one, two] = plantedResults(2, 9);
  if (one === undefined || two === undefined) throw new Error('two were asked for');
  const folder = join(root, 'mixed');
  await writeResult(two, join(folder, 'by-commit.json'));
  await writeResult(one, join(folder, 'a', 'b', 'c', 'result.json'));
  await writeFile(join(folder, 'a', 'b', 'c', 'report.html'), '');
  await writeResult(one, join(folder, 'copy', 'result.json'));
  await mkdir(join(folder, 'a', 'b', 'c', 'd'));
  await writeResult(two, join(folder, 'a', 'b', 'c', 'd', 'result.json'));
  await writeFile(join(folder, 'claims.json'), '{"kind":"crosscurrent-claims"}');
  await writeFile(join(folder, 'foreign.json'), '{"name":"other"}');
  await writeFile(join(folder, 'cut.json'), '{"kind":"crossc');
  const history = await readHistory(folder);
  expect(history.entries.map(({ path, hasReport }) => [path, hasReport])).toEqual([
    [join('a', 'b', 'c', 'result.json'), true],
    ['by-commit.json', false],
  ]);
  expect(history.skipped.map(({ path, reason }) => [path, reason.split(':')[0]])).toEqual([
    ['cut.json', 'REPORT_FILE_TRUNCATED'],
    ['foreign.json', 'REPORT_FILE_NOT_A_RESULT'],
    [join('copy', 'result.json'), `the same result as ${join('a', 'b', 'c', 'result.json')}`],
  ]);
});

test('unlike machines and offered rates are different series; a lone last step is called weak', async () => {
  const results = plantedResults(20, 19);
  const folder = await written(
    'unlike',
    [
      ...results.slice(0, 1).map((result) => ({ ...result, machine: { ...result.machine, cores: 64 } })),
      ...results.slice(1),
    ].slice(0, 10),
  );
  const history = await readHistory(folder);
  const series = historySeries(history, { ...options, metrics: ['latency-p50'] });
  expect(series.map(({ points, isSearched }) => [points.length, isSearched])).toEqual([
    [1, false],
    [9, true],
  ]);
  const last = await readHistory(await written('last', plantedResults(9, 8)));
  const [p50] = historySeries(last, options);
  expect(p50?.changes.map(({ index, evidence, meaning }) => [index, evidence, meaning])).toEqual([
    [8, 'last point', 'worse'],
  ]);
});

test('docs/history.schema.json is fresh', async () => {
  await expect(historyJsonSchema()).toMatchFileSnapshot('../../docs/history.schema.json');
});

test('JSON holds results, series and changes, in the published form and nothing beside it', async () => {
  const history = await readHistory(join(root, 'planted'));
  const json = renderHistoryJson(history, historySeries(history, options));
  await expect(json).toMatchFileSnapshot('golden/planted.json.txt');
  const document = JSON.parse(json);
  expect(document.results).toHaveLength(8);
  expect(document.series[0]).toMatchObject({
    metric: 'latency-p50',
    changes: [{ index: 5, meaning: 'worse' }],
  });
  expect(document.series[0].points[7]).toMatchObject({ result: 7, runs: 1 });
  expect(historyDocumentSchema.parse(document)).toEqual(document);
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(historyJsonSchema()));
  expect(validate(document)).toBe(true);
  expect(validate({ ...document, schemaVersion: 2 })).toBe(false);
});

test('hostile names do no harm', async () => {
  const hostile = refusedResult();
  const folder = await written('hostile', [
    { ...hostile, createdAt: MALICIOUS, machine: { ...hostile.machine, cpuModel: MALICIOUS } },
  ]);
  const history = await readHistory(folder);
  const series = historySeries(history, { metrics: [], minimumPoints: 8 });
  for (const text of [renderHistoryText(history, series), renderHistoryJson(history, series)]) {
    expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  }
});
