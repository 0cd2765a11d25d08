import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { planMatrix, readMatrix } from '../harness/matrix/index.ts';
import { CLAIMS, judge, LEDGER_KIND, type Ledger } from '../reports/claims/index.ts';
import { compactResult, renderCompact } from '../reports/compact/index.ts';
import { MALICIOUS, onlyRuns, refusedResult, sweptResult } from '../reports/testing/index.ts';
import { committedResults, resultsPage, writtenResultsPage } from './generate-results.ts';

const FOLDER = resolve(import.meta.dirname, 'results');
const committed = await committedResults();
const names = readdirSync(FOLDER);

const LEDGER: Ledger = {
  kind: LEDGER_KIND,
  schemaVersion: 1,
  createdAt: '2026-01-02T03:04:05.000Z',
  tool: { version: '0.1.0', gitCommit: null, gitDirty: null },
  machine: 'a machine',
  experiments: [],
  remarks: [],
  entries: judge(CLAIMS, {
    embedded: { experiment: () => null, capabilitiesOf: () => new Set() },
    real: null,
  }),
};

test('docs/results.md is what `node docs/generate-results.ts` writes', () => {
  expect(writtenResultsPage()).toBe(resultsPage(committed));
});

test('every committed result is compact, from a clean commit, and has no path of the machine that made it', () => {
  expect(committed.results.length).toBeGreaterThan(0);
  for (const { name, result } of committed.results) {
    expect(compactResult(result), name).toEqual(result);
    expect(result.tool.gitDirty, name).toBe(false);
    expect(renderCompact(result), name).not.toMatch(/"[^"]*\/(tmp|home|root|work|Users)\//);
  }
});

test('the newest result comes first, each with its command, its commit and its machine', () => {
  const page = resultsPage(committed);
  const made = committed.results.map(({ name, result }) => ({ at: page.indexOf(`\n## ${name}\n`), result }));
  const byPlace = [...made].sort((one, other) => one.at - other.at).map(({ result }) => result.createdAt);
  expect(byPlace).toEqual([...byPlace].sort().reverse());
  for (const { at, result } of made) {
    const section = page.slice(at, at + 2_000);
    expect(section).toContain(`    ${result.command.slice(0, 2).join(' ')}`);
    expect(section).toContain(`commit ${result.tool.gitCommit}`);
    expect(section).toContain(result.machine.cpuModel);
  }
});

test('a ledger among the results is a table of verdicts', () => {
  const page = resultsPage({ ...committed, ledger: LEDGER });
  for (const { id } of LEDGER.entries) expect(page).toContain(`| [${id}](claims.md#${id.toLowerCase()}) |`);
  expect(page).toContain('| not measured | not asked |');
  expect(resultsPage({ ...committed, ledger: null })).not.toContain('## claims');
});

test('configurations that several files measured share a frontier, one of a single file has its own', () => {
  const whole = sweptResult();
  const latencies = { name: 'latencies', result: onlyRuns(whole, 'latency') };
  const searches = { name: 'searches', result: onlyRuns(whole, 'sustain') };
  const shared = resultsPage({ results: [latencies, searches], ledger: null });
  expect(shared).toContain('## Frontier over these results');
  expect(shared).toContain('from docs/results/latencies.json, docs/results/searches.json');
  expect(resultsPage({ results: [latencies], ledger: null })).not.toContain('## Frontier');
});

test('hostile texts of a result start no markup', () => {
  const page = resultsPage({ results: [{ name: 'hostile', result: refusedResult() }], ledger: null });
  expect(page).not.toContain(MALICIOUS);
  expect(page.split('\n').filter((line) => line.startsWith('# '))).toEqual(['# Results']);
  expect(page).toContain('Interrupted: what is here is complete');
});

test.each(names.filter((name) => name.endsWith('.yaml')))(
  '%s is a matrix that can be planned',
  async (name) => {
    const path = resolve(FOLDER, name);
    const { runs } = await planMatrix(await readMatrix(path), path);
    expect(runs.length).toBeGreaterThan(0);
  },
);
