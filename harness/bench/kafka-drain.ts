import { type FigureGroup, measuredFigure } from '../../engines/pipeline/bench/index.ts';
import type { DrainRun, Result } from '../../reports/model/index.ts';
import { cellDefaults } from '../run/index.ts';
import { mean, refusals, runDrains, thousands, verifiedRuns, warmRates } from './drain-runs.ts';

const GUARANTEES = ['at-least-once', 'exactly-once'] as const;
const CHECKPOINT_INTERVAL_MS = 1_000;
/** So that at 250,000/s and a commit each second three commits lie in the last half. */
const BACKLOG = 1_500_000;

/**
 * The event engine drains a backlog of merchant-spend from the embedded Kafka into it, by either guarantee in turn, each run in a fresh process and checked
 * against the oracle. Warm is the last half of the backlog.
 */
export const kafkaDrain: FigureGroup = {
  name: 'kafka-drain',
  measure: async (progress) => {
    const result = await drains(progress);
    const atLeastOnce = runsUnder(result, 'at-least-once');
    const exactlyOnce = runsUnder(result, 'exactly-once');
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
  const cell = await cellDefaults('merchant-spend', 'event', 1);
  const cells = GUARANTEES.map((guarantee) => ({
    ...cell,
    guarantee,
    measures: ['drain'] as const,
    drainEvents: BACKLOG,
    settings: { checkpointIntervalMs: CHECKPOINT_INTERVAL_MS },
  }));
  return await runDrains(cells, progress);
}

function runsUnder({ cells }: Result, guarantee: string): readonly DrainRun[] {
  const under = cells.filter((cell) => cell.guarantee === guarantee);
  return verifiedRuns(under, guarantee);
}
