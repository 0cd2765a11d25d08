import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBroker } from '../../kafka/index.ts';
import type { DrainRun, Result } from '../../reports/model/index.ts';
import { type CellPlan, interleave, runSession } from '../run/index.ts';

/** A B B A. */
const REPEATS = 2;

/** Runs drains on an embedded Kafka of their own, the cells in turn, each run in a fresh process. */
export async function runDrains(
  cells: readonly CellPlan[],
  progress: (text: string) => void,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-kafka-drain-'));
  const broker = await openBroker({ choice: 'embedded' });
  try {
    return await runSession({
      runs: interleave(cells, REPEATS),
      broker,
      seed: 1,
      command: [],
      outputFolder: folder,
      warmUp: true,
      attempts: 1,
      signal: new AbortController().signal,
      progress,
    });
  } finally {
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws an Error if a run failed, or its outputs were not what the oracle says */
export function verifiedRuns(cells: Result['cells'], name: string): readonly DrainRun[] {
  const runs = cells.flatMap((cell) => cell.runs).filter((run) => run.kind === 'drain');
  const broken = runs.find(({ outcome }) => outcome === 'failed' || outcome === 'oracle-failed');
  if (broken !== undefined) throw new Error(`A drain (${name}) is ${broken.outcome}`);
  return runs;
}

/** What the harness would not publish, since the machine was busy or the like, still holds as a ratio. */
export function refusals(runs: readonly DrainRun[]): string {
  const refused = runs.filter(({ outcome }) => outcome === 'invalid');
  if (refused.length === 0) return '';
  const codes = new Set(
    refused
      .flatMap(({ remarks }) => remarks.filter(({ level }) => level === 'invalid'))
      .map(({ code }) => code),
  );
  return `; ${refused.length} of ${runs.length} runs not publishable: ${[...codes].join(', ')}`;
}

export function warmRates(runs: readonly DrainRun[]): readonly number[] {
  return runs.flatMap(({ figures }) => figures?.lastHalfPerSecond ?? []);
}

/** NaN, which reaches no target, where no run passed. */
export function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

export function thousands(values: readonly number[]): string {
  return values.map((value) => Math.round(value).toLocaleString('en-US')).join(', ');
}
