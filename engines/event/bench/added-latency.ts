import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'hdr-histogram-js';
import { type FigureGroup, measuredFigure } from '../../pipeline/bench/index.ts';
import { BENCH_PARTITIONS, SlotGroup } from '../runtime/bench/index.ts';

const RATE_PER_SECOND = 20_000;
const BUFFER_TIMEOUT_MS = 5;
const WARM_UP_MS = 3_000;
const MEASURED_MS = 5_000;

/**
 * Time from the instant at which a record is due at Kafka's port to the instant at which its result reaches Kafka's port again: fetch loop, decoding, shuffle,
 * aggregate, encoding. Open loop: a record that had to wait since the engine was busy counts from its due instant.
 */
export const addedLatency: FigureGroup = {
  name: 'added-latency',
  measure: async () => {
    const group = await SlotGroup.open({
      dataflow: 'lastDue',
      options: {},
      settings: { bufferTimeoutMs: BUFFER_TIMEOUT_MS, fetchIntervalMs: 0 },
      work: {
        kind: 'open-loop',
        schedule: {
          ratePerSecond: RATE_PER_SECOND,
          partitions: BENCH_PARTITIONS,
          keys: 1_000,
          silent: undefined,
        },
      },
    });
    try {
      group.start();
      await sleep(WARM_UP_MS + MEASURED_MS);
      const latencies = build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000 });
      for (const { outMs, dueMs } of await group.look()) {
        dueMs.forEach((due, index) => {
          if (due < WARM_UP_MS) return;
          latencies.recordValue(Math.max(1, Math.round(((outMs[index] as number) - due) * 1_000)));
        });
      }
      const ms = (percentile: number): number => latencies.getValueAtPercentile(percentile) / 1_000;
      return [
        measuredFigure(
          {
            name: `p99 added inside the engine at ${RATE_PER_SECOND.toLocaleString('en-US')} events/s`,
            unit: 'ms',
            target: { kind: 'at-most', value: 5 },
          },
          ms(99),
          `p50 ${ms(50).toFixed(2)}, p90 ${ms(90).toFixed(2)}, p99.9 ${ms(99.9).toFixed(2)} ms of ${latencies.totalCount.toLocaleString('en-US')} results; buffer time-out ${BUFFER_TIMEOUT_MS} ms`,
        ),
      ];
    } finally {
      await group.stop();
    }
  },
};
