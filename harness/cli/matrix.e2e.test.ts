import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readResult } from '../../reports/model/index.ts';
import { runCommandLine, startCommand } from './testing/index.ts';

const MATRIX = `
workloads: [merchant-spend]
engines: [event]
measures: [drain]
drainEvents: 2000
attempts: 1
floors: false
noise: { comparisons: 1, measures: [drain] }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-matrix-e2e-'));
  await writeFile(join(folder, 'matrix.yaml'), `repeats: 1${MATRIX}`);
  await writeFile(join(folder, 'changed.yaml'), `repeats: 5${MATRIX}`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('Ctrl-C ends the run under way and keeps the rest; the same command goes on; a changed file is refused', async () => {
  const out = join(folder, 'out');
  const options = ['--broker', 'embedded', '--no-warm-up', '--out', out];
  const first = startCommand(['matrix', join(folder, 'matrix.yaml'), ...options]);
  await first.shows('[2/2]');
  first.process.kill('SIGINT');
  const interrupted = await first.ended;
  expect(interrupted.exitCode, interrupted.stderr).toBe(130);
  expect(interrupted.stderr).toMatch(/1 cells, 2 runs; about \d+ s/);
  const kept = await readResult(out);
  expect(kept.cells.map((cell) => cell.runs.length)).toEqual([1]);

  const changed = await runCommandLine(['matrix', join(folder, 'changed.yaml'), ...options]);
  expect(changed.stderr).toContain('error MATRIX_CHANGED');
  expect(changed.exitCode).toBe(2);

  const second = await runCommandLine(['matrix', join(folder, 'matrix.yaml'), ...options]);
  expect(second.stderr).toContain('2 runs, 1 of them done');
  expect(second.stderr).not.toContain('[1/2]');
  const result = await readResult(out);
  expect(result.status).toBe('complete');
  const [cell] = result.cells;
  expect(cell?.runs[0]).toEqual(kept.cells[0]?.runs[0]);
  expect(cell?.runs).toHaveLength(2);
  expect(cell?.runs.map((run) => run.verification?.passed)).not.toContain(false);
  // A busy machine may have refused runs: a pair with a refused one is no comparison, and without a valid run the exit code is 6.
  const valid = cell?.runs.map((run) => run.outcome === 'passed') ?? [];
  const floor = result.noiseFloors.find(({ metric }) => metric === 'drain-rate');
  expect(floor?.comparisons ?? 0).toBe(valid[0] && valid[1] ? 1 : 0);
  expect(second.exitCode).toBe(valid.includes(true) ? 0 : 6);

  const again = await runCommandLine(['matrix', join(folder, 'matrix.yaml'), ...options]);
  expect(again.stderr).not.toContain('broker:');
  expect(again.exitCode).toBe(second.exitCode);
});

test('--print-example prints a file that --dry-run accepts, in the order of its runs', async () => {
  const example = await runCommandLine(['matrix', '--print-example']);
  expect(parse(example.stdout)).toHaveProperty('workloads');
  await writeFile(join(folder, 'example.yaml'), example.stdout);
  const plan = await runCommandLine(['matrix', join(folder, 'example.yaml'), '--dry-run']);
  expect(plan.stdout).toContain(
    '  1  merchant-spend  event  default  at-least-once  5000/s  latency  repeat 1',
  );
  expect(plan.stdout).toMatch(/\n16 cells, 120 runs, about \d+ (min|h \d+ min)\n$/);
});
