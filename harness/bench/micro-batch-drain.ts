import { type FigureGroup, measuredFigure } from '../../engines/pipeline/bench/index.ts';
import { cellDefaults } from '../run/index.ts';
import { mean, refusals, runDrains, thousands, verifiedRuns, warmRates } from './drain-runs.ts';

const BACKLOG = 3_000_000;
/** In the main thread, and in two of their own. */
const TASKS = [1, 2] as const;

/**
 * The micro-batch engine drains a backlog of merchant-spend in update mode, by tasks in its main thread and in two threads in turn, each run checked
 * against the oracle. Batches run back to back: on the default trigger of 500 ms a batch of 100,000 records admits 200,000 a second at most. Warm is the
 * last half of the backlog.
 */
export const microBatchDrain: FigureGroup = {
  name: 'micro-batch-drain',
  measure: async (progress) => {
    const cell = await cellDefaults('merchant-spend', 'micro-batch', 1);
    const cells = TASKS.map((tasks) => ({
      ...cell,
      guarantee: 'at-least-once' as const,
      measures: ['drain'] as const,
      drainEvents: BACKLOG,
      settings: { triggerIntervalMs: 0, tasks },
    }));
    const result = await runDrains(cells, progress);
    const [inline = [], threads = []] = TASKS.map((tasks) =>
      verifiedRuns(
        result.cells.filter(({ settings }) =>
          settings.some(({ name, value }) => name === 'tasks' && value === String(tasks)),
        ),
        `tasks ${tasks}`,
      ),
    );
    const [inlineRates, threadRates] = [warmRates(inline), warmRates(threads)];
    const cpuUs = inline.flatMap(({ cost }) => cost?.cpuSecondsPerMillionEvents ?? []);
    const threadCpuUs = threads.flatMap(({ cost }) => cost?.cpuSecondsPerMillionEvents ?? []);
    return [
      measuredFigure(
        {
          name: 'Kafka to Kafka, merchant-spend, update mode, at-least-once, warm',
          unit: 'events/s',
          target: { kind: 'at-least', value: 300_000 },
        },
        mean(inlineRates),
        `${thousands(inlineRates)}; CPU ${list(cpuUs)} us/event${refusals(inline)}`,
      ),
      measuredFigure(
        {
          name: 'two task threads, of the rate in the main thread',
          unit: 'of its rate',
          target: { kind: 'at-least', value: 0.5 },
        },
        mean(threadRates) / mean(inlineRates),
        `${thousands(threadRates)} events/s; CPU ${list(threadCpuUs)} us/event${refusals(threads)}`,
      ),
    ];
  },
};

function list(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(', ');
}
