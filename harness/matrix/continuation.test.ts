/** Interrupts a matrix for real, on the embedded log with real engine processes, and goes on with it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { type Result, readResult } from '../../reports/model/index.ts';
import { runsLeft } from '../run/index.ts';
import { checkSameGround, claimFolder, earlierResult } from './continuation.ts';
import { type MatrixPlan, planMatrix } from './matrix-plan.ts';
import { continueMatrix, standingOf } from './matrix-session.ts';
import { parseMatrix } from './read-matrix.ts';

let broker: OpenBroker;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-matrix-'));
  broker = await openBroker({ choice: 'log' });
});
afterAll(async () => {
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

const plan: MatrixPlan = await planMatrix(
  parseMatrix(
    '{ workloads: [merchant-spend], engines: [event], measures: [drain], repeats: 3, drainEvents: 1000, floors: false }',
    'm.yaml',
  ),
  'm.yaml',
);

/** Runs the matrix from where it is; interrupted when progress shows `stopAt`. */
async function session(outputFolder: string, stopAt?: string): Promise<{ result: Result; shown: string[] }> {
  const shown: string[] = [];
  const controller = new AbortController();
  const standing = await standingOf(plan, outputFolder, false);
  const result = await continueMatrix(plan, standing, {
    broker,
    command: [],
    outputFolder,
    warmUp: false,
    signal: controller.signal,
    progress: (text: string) => {
      shown.push(text);
      if (stopAt !== undefined && text.startsWith(stopAt)) controller.abort();
    },
  });
  return { result, shown };
}

const runIds = (result: Result): string[] =>
  result.cells.flatMap((cell) => cell.runs.map((run) => run.runId));

/** Starts processes, so that its time is the machine's. */
const TIMEOUT_MS = 240_000;

test('an interrupted matrix goes on after what is complete, and nothing is run twice; another plan, command or machine is refused', {
  timeout: TIMEOUT_MS,
}, async () => {
  expect(await standingOf(plan, folder, false)).toMatchObject({ earlier: null, runsLeft: 3 });
  const first = await session(folder, '[2/3]');
  expect(first.result.status).toBe('interrupted');
  const kept = await readResult(folder);
  expect(kept).toEqual(first.result);
  expect(runIds(kept)).toHaveLength(1);
  expect(runsLeft(plan.runs, kept, plan.attempts).map(({ repeat }) => repeat)).toEqual([2, 3]);

  await expect(earlierResult(folder, 'another')).rejects.toMatchObject({
    code: 'MATRIX_CHANGED',
    exit: 'usage',
  });
  const elsewhere = { ...kept, machine: { ...kept.machine, cores: kept.machine.cores + 1 } };
  expect(() => checkSameGround(folder, kept, elsewhere)).toThrow(/the machine was .* cores.* now/);

  const second = await session(folder);
  const numbers = second.shown.flatMap((text) => text.match(/^\[\d+\/\d+\]/) ?? []);
  expect(numbers).toEqual(['[2/3]', '[3/3]']);
  expect(second.result.status).toBe('complete');
  expect(await readResult(folder)).toEqual(second.result);
  expect(runIds(second.result)[0]).toBe(runIds(kept)[0]);
  expect(new Set(runIds(second.result)).size).toBe(3);
  const verdicts = second.result.cells.flatMap((cell) => cell.runs.map((run) => run.verification?.passed));
  expect(verdicts).toEqual([true, true, true]);
  expect(runsLeft(plan.runs, second.result, plan.attempts)).toEqual([]);

  await rm(join(folder, 'matrix-plan.sha256'));
  await expect(earlierResult(folder, plan.hash)).rejects.toThrow('it is not of a matrix');
  await claimFolder(folder, plan.hash);
  expect(await earlierResult(folder, plan.hash)).toBeNull();
});
