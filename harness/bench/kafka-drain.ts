import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FigureGroup, measuredFigure } from '../../engines/pipeline/bench/index.ts';
import { openBroker } from '../../kafka/index.ts';
import type { DrainRun, Result } from '../../reports/model/index.ts';
import { cellDefaults, interleave, runSession } from '../run/index.ts';

const GUARANTEES = ['at-least-once', 'exactly-once'] as const;
const CHECKPOINT_INTERVAL_MS = 1_000;
/** So that at 250,000/s and a commit each second three commits lie in the last half. */
const BACKLOG = 1_500_000;
/** A B B A. */
const REPEATS = 2;

/**
 * The event engine drains a backlog of merchant-spend from the embedded Kafka into it, by either guarantee in turn, each run in a fresh process and checked
 * against the oracle. Warm is the last half of the backlog.
 */
export const kafkaDrain: FigureGroup = {
  name: 'kafka-drain',
  measure: async (progress) => {
    const result = await drains(progress);
    const atLeastOnce = verifiedRuns(result, 'at-least-once');
    const exactlyOnce = verifiedRuns(result, 'exactly-once');
    const atLeastOncePerSecond = warmRates(atLeastOnce);
    const exactlyOncePerSecond = warmRates(exactlyOnce);
    const cpuUs = atLeastOnce.flatMap(({ cost }) => cost?.cpuSecondsPerMillionEvents ?? []);
    const ratio = mean(exactlyOncePerSecond) / mean(atLeastOncePerSecond);
    return [
      measuredFigure(
        {
          name: 'Kafka to Kafka, merchant-spend, at-least-once, warm',
          unit: 'events/s',
          target: { kind: 'at-least', value: 150_000 },
        },
        mean(atLeastOncePerSecond),
        `${thousands(atLeastOncePerSecond)}; the aim is 200,000${refusals(atLeastOnce)}`,
      ),
      measuredFigure(
        {
          name: 'CPU of engine and clients, at-least-once',
          unit: 'us/event',
          target: { kind: 'at-most', value: 9 },
        },
        mean(cpuUs),
        `${cpuUs.map((each) => each.toFixed(2)).join(', ')}; the start of the process included`,
      ),
      measuredFigure(
        {
          name: `exactly-once with a commit each ${CHECKPOINT_INTERVAL_MS} ms, of at-least-once`,
          unit: 'of its rate',
          target: { kind: 'at-least', value: 0.85 },
        },
        ratio,
        `${thousands(exactlyOncePerSecond)} against ${thousands(atLeastOncePerSecond)} events/s${refusals(exactlyOnce)}`,
      ),
    ];
  },
};

async function drains(progress: (text: string) => void): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-kafka-drain-'));
  const broker = await openBroker({ choice: 'embedded' });
  try {
    const cell = await cellDefaults('merchant-spend', 'event', 1);
    const cells = GUARANTEES.map((guarantee) => ({
      ...cell,
      guarantee,
      measures: ['drain'] as const,
      drainEvents: BACKLOG,
      settings: { checkpointIntervalMs: CHECKPOINT_INTERVAL_MS },
    }));
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
function verifiedRuns({ cells }: Result, guarantee: string): readonly DrainRun[] {
  const runs = cells
    .filter((cell) => cell.guarantee === guarantee)
    .flatMap((cell) => cell.runs)
    .filter((run) => run.kind === 'drain');
  const broken = runs.find(({ outcome }) => outcome === 'failed' || outcome === 'oracle-failed');
  if (broken !== undefined) throw new Error(`A drain under ${guarantee} is ${broken.outcome}`);
  return runs;
}

/** What the harness would not publish, since the machine was busy or the like, still holds as a ratio. */
function refusals(runs: readonly DrainRun[]): string {
  const refused = runs.filter(({ outcome }) => outcome === 'invalid');
  if (refused.length === 0) return '';
  const codes = new Set(
    refused
      .flatMap(({ remarks }) => remarks.filter(({ level }) => level === 'invalid'))
      .map(({ code }) => code),
  );
  return `; ${refused.length} of ${runs.length} runs not publishable: ${[...codes].join(', ')}`;
}

function warmRates(runs: readonly DrainRun[]): readonly number[] {
  return runs.flatMap(({ figures }) => figures?.lastHalfPerSecond ?? []);
}

/** NaN, which reaches no target, where no run passed. */
function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function thousands(values: readonly number[]): string {
  return values.map((value) => Math.round(value).toLocaleString('en-US')).join(', ');
}
