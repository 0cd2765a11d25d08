import { expect, test } from 'vitest';
import type { Cell, Result, Run } from '../model/index.ts';
import { fixtureResult, regressionFixture } from '../testing/index.ts';
import { compareSides, DEFAULT_CONFIG, regressionReportSchema, VERDICTS } from './index.ts';

const report = regressionFixture();
const result = fixtureResult();
const options = { config: DEFAULT_CONFIG, seed: 1, vary: [] };

test('the fixture is a report with every verdict', () => {
  expect(regressionReportSchema.parse(report)).toEqual(report);
  const seen = new Set(report.rows.map(({ verdict }) => verdict));
  expect(VERDICTS.filter((verdict) => !seen.has(verdict))).toEqual([]);
  expect(report.outcome).toBe('regressed');
});

/** The fixture's first cell alone with its drain, run several times. */
function side(runs: number, scale: number, change: (run: Run) => Run = (run) => run) {
  const cells = result.cells.slice(0, 1).map((cell) => ({
    ...cell,
    runs: cell.runs.flatMap((run) => {
      if (run.kind !== 'drain' || run.figures === null) return [];
      const { figures } = run;
      return Array.from({ length: runs }, (_, i) =>
        change({ ...run, figures: { ...figures, eventsPerSecond: scale * (1_000 + i) } }),
      );
    }),
  }));
  return { name: `side of ${runs}`, results: [{ ...result, cells }] };
}

const drainRow = ({ rows }: ReturnType<typeof compareSides>) =>
  rows.find(({ metric }) => metric === 'drain-rate');

test('less throughput is a regression, more an improvement, little is neither', () => {
  const verdictAt = (scale: number) => drainRow(compareSides(side(10, 1), side(10, scale), options))?.verdict;
  expect(verdictAt(0.9)).toBe('regressed');
  expect(verdictAt(1.1)).toBe('improved');
  expect(verdictAt(0.97)).toBe('unchanged');
});

test('too few runs are told, also where the family is too large for them', () => {
  const few = compareSides(side(3, 1), side(6, 0.5), options);
  expect(drainRow(few)?.sentence).toBe('inconclusive (need >= 6 runs, have 3)');
  expect(few.outcome).toBe('inconclusive');
  const strict = { ...options, config: { ...DEFAULT_CONFIG, alpha: 0.001 } };
  expect(drainRow(compareSides(side(6, 1), side(6, 0.5), strict))?.sentence).toMatch(
    /^inconclusive \(need >= \d+ runs for \d tests, have 6\)$/,
  );
});

const onResult = (change: (result: Result) => Result) => {
  const { name, results } = side(10, 0.5);
  return { name, results: results.map(change) };
};
const onCell = (change: (cell: Cell) => Cell) =>
  onResult((result) => ({ ...result, cells: result.cells.map(change) }));

test('another machine makes nothing comparable, unless it is varied on purpose', () => {
  const head = onResult((result) => ({ ...result, machine: { ...result.machine, nodeVersion: 'v25.0.0' } }));
  const refused = compareSides(side(10, 1), head, options);
  expect(refused.differences).toEqual([{ name: 'nodeVersion', base: 'v24.12.0', head: 'v25.0.0' }]);
  expect(refused.rows.every(({ verdict }) => verdict === 'not comparable')).toBe(true);
  expect(refused.outcome).toBe('inconclusive');
  const varied = compareSides(side(10, 1), head, { ...options, vary: ['nodeVersion'] });
  expect(drainRow(varied)?.verdict).toBe('regressed');
});

test('memory within a twentieth is the same machine', () => {
  const withMemory = (memoryMb: number) =>
    onResult((result) => ({ ...result, machine: { ...result.machine, memoryMb } }));
  expect(compareSides(side(10, 1), withMemory(8_100), options).differences).toEqual([]);
  expect(compareSides(side(10, 1), withMemory(16_000), options).differences).toMatchObject([
    { name: 'memoryMb' },
  ]);
});

test('another setting or log makes its cell not comparable', () => {
  const settings = onCell((cell) => ({
    ...cell,
    settings: cell.settings.map((setting) =>
      setting.name === 'slots' ? { ...setting, value: '4' } : setting,
    ),
  }));
  expect(compareSides(side(10, 1), settings, options).cellDifferences).toMatchObject([
    { rows: [{ name: 'slots', base: '2', head: '4' }] },
  ]);
  const log = side(10, 0.5, (run) => ({ ...run, log: { ...run.log, sha256: 'f'.repeat(64) } }));
  const compared = compareSides(side(10, 1), log, options);
  expect(compared.cellDifferences).toMatchObject([{ rows: [{ name: 'drain.log' }] }]);
  expect(drainRow(compared)?.verdict).toBe('not comparable');
});

test('a wrong output of head beats every figure, and its run counts for nothing', () => {
  let runs = 0;
  const head = side(10, 0.5, (run) => ({ ...run, outcome: runs++ === 0 ? 'oracle-failed' : 'passed' }));
  const compared = compareSides(side(10, 1), head, options);
  expect(compared.outcome).toBe('wrong');
  expect(compared.head.wrong).toHaveLength(1);
  expect(drainRow(compared)?.head?.values).toHaveLength(9);
});
