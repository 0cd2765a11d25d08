import { setTimeout as sleep } from 'node:timers/promises';
import { type FigureGroup, measuredFigure } from '../../pipeline/bench/index.ts';
import { BENCH_PARTITIONS, SlotGroup } from '../runtime/bench/index.ts';

const IDLE_TIMEOUT_MS = 2_000;
/** Silence is looked for at each tick and counts from the first look that finds none, as in Flink. */
const LOOKS_MS = 2 * 200;
const WINDOW_MS = 100;
const SILENT_FROM_MS = 1_500;
const RUN_MS = SILENT_FROM_MS + IDLE_TIMEOUT_MS + 2_000;

/** One of four partitions falls silent: the longest time without any result, of windows of 100 ms that otherwise close all the time. */
export const idlePartition: FigureGroup = {
  name: 'idle-partition',
  measure: async () => {
    const group = await SlotGroup.open({
      dataflow: 'windowedDue',
      options: { windowMs: WINDOW_MS, idleTimeoutMs: IDLE_TIMEOUT_MS },
      settings: { fetchIntervalMs: 0 },
      work: {
        kind: 'open-loop',
        schedule: {
          ratePerSecond: 2_000,
          partitions: BENCH_PARTITIONS,
          keys: 10,
          silent: { partition: BENCH_PARTITIONS - 1, fromMs: SILENT_FROM_MS },
        },
      },
    });
    try {
      group.start();
      await sleep(RUN_MS);
      const firedMs = (await group.look()).flatMap(({ outMs }) => outMs).sort((a, b) => a - b);
      const lastBeforeMs = firedMs.findLast((at) => at <= SILENT_FROM_MS + WINDOW_MS) ?? SILENT_FROM_MS;
      const againMs = firedMs.find((at) => at > lastBeforeMs + WINDOW_MS) ?? Number.POSITIVE_INFINITY;
      return [
        measuredFigure(
          {
            name: '1 of 4 partitions silent: windows fire again after',
            unit: 'ms',
            target: { kind: 'at-most', value: IDLE_TIMEOUT_MS + LOOKS_MS },
          },
          againMs - SILENT_FROM_MS,
          `idle time-out ${IDLE_TIMEOUT_MS} ms, and twice the 200 ms between looks; ${firedMs.length} results`,
        ),
      ];
    } finally {
      await group.stop();
    }
  },
};
