import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RecordedLog, valueReader } from '../log/index.ts';
import { ALIGNMENT_DRIFT_MS, isLate, WATERMARK_DELAY_MS, WINDOW_MS, windowStartMs } from './event-time.ts';
import { regionalRevenueWorkload } from './index.ts';

const RUNS = { numRuns: 12 };

interface Sale {
  readonly sequence: number;
  readonly partition: number;
  readonly timeMs: number;
}

const anySales = fc
  .record({
    seed: fc.nat(),
    partitions: fc.integer({ min: 1, max: 3 }),
    disorderShare: fc.constantFrom(0, 0.3, 1),
  })
  .map((knobs) => {
    const { defaults, generate } = regionalRevenueWorkload;
    return generate({ ...defaults, ...knobs, events: 6_000, lateShare: 0.05, brokenShare: 0.02 });
  });

function salesOf(log: RecordedLog): Sale[] {
  const textOf = valueReader(log);
  const sales: Sale[] = [];
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    try {
      const { eventTimeMs } = JSON.parse(textOf(sequence));
      sales.push({ sequence, partition: log.partitionOf[sequence] as number, timeMs: eventTimeMs });
    } catch {
      // A broken record has no event time.
    }
  }
  return sales;
}

const windowEndMs = (timeMs: number): number => windowStartMs(timeMs) + WINDOW_MS;
const lateOf = (sales: readonly Sale[]): number[] =>
  sales.filter(({ timeMs }) => isLate(timeMs)).map(({ sequence }) => sequence);

describe('late records and disorder', () => {
  test('no record in time is the delay or more behind the highest event time before it', () => {
    fc.assert(
      fc.property(anySales, (log) => {
        let highestMs = Number.NEGATIVE_INFINITY;
        for (const { timeMs } of salesOf(log)) {
          if (isLate(timeMs)) continue;
          if (timeMs <= highestMs - WATERMARK_DELAY_MS) expect.fail(`record at ${timeMs} after ${highestMs}`);
          highestMs = Math.max(highestMs, timeMs);
        }
      }),
      RUNS,
    );
  });

  test('no late record is among the first thousand of its partition, nor before every partition has begun', () => {
    fc.assert(
      fc.property(anySales, (log) => {
        const started = new Set(
          salesOf(log)
            .slice(0, 500)
            .map(({ partition }) => partition),
        );
        expect(started.size).toBe(log.specification.partitions);
        const position = new Array<number>(log.specification.partitions).fill(0);
        const late = new Set(lateOf(salesOf(log)));
        expect(late.size).toBeGreaterThan(20);
        for (let sequence = 0; sequence < log.count; sequence += 1) {
          const partition = log.partitionOf[sequence] as number;
          if (late.has(sequence) && (position[partition] as number) < 1_000)
            expect.fail(`late: record ${sequence}`);
          position[partition] = (position[partition] as number) + 1;
        }
      }),
      RUNS,
    );
  });

  test('an event-driven engine calls exactly these late, in any order of partitions within the alignment and at any watermark cadence', () => {
    fc.assert(
      fc.property(anySales, fc.nat(), fc.integer({ min: 1, max: 400 }), (log, choice, cadence) => {
        const sales = salesOf(log);
        expect(lateByEventDriven(sales, log.specification.partitions, choice, cadence)).toEqual(
          lateOf(sales),
        );
      }),
      RUNS,
    );
  });

  test('a micro-batch engine calls exactly these late, however the log is cut into batches', () => {
    fc.assert(
      fc.property(
        anySales,
        fc.integer({ min: 1, max: 2_000 }),
        fc.boolean(),
        (log, batch, previousWatermark) => {
          const sales = salesOf(log);
          expect(lateByMicroBatch(sales, batch, previousWatermark)).toEqual(lateOf(sales));
        },
      ),
      RUNS,
    );
  });
});

/** Flink's rules (A2, A4): watermark per partition, their minimum taken every `cadence` records; a partition too far ahead waits. */
function lateByEventDriven(
  sales: readonly Sale[],
  partitions: number,
  choice: number,
  cadence: number,
): number[] {
  const queues = Array.from({ length: partitions }, (_, partition) =>
    sales.filter((sale) => sale.partition === partition),
  );
  const next = new Array<number>(partitions).fill(0);
  const highestMs = new Array<number>(partitions).fill(Number.NEGATIVE_INFINITY);
  const late: number[] = [];
  let watermarkMs = Number.NEGATIVE_INFINITY;
  let state = choice;
  for (let read = 1; ; read += 1) {
    const slowestMs = Math.min(...highestMs);
    const open = queues.flatMap((queue, partition) => {
      const hasMore = (next[partition] as number) < queue.length;
      return hasMore && (highestMs[partition] as number) <= slowestMs + ALIGNMENT_DRIFT_MS ? [partition] : [];
    });
    if (open.length === 0) break;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const partition = open[(state >>> 8) % open.length] as number;
    const sale = queues[partition]?.[next[partition] as number] as Sale;
    next[partition] = (next[partition] as number) + 1;
    if (windowEndMs(sale.timeMs) - 1 <= watermarkMs) late.push(sale.sequence);
    highestMs[partition] = Math.max(highestMs[partition] as number, sale.timeMs);
    if (read % cadence === 0)
      watermarkMs = Math.max(watermarkMs, Math.min(...highestMs) - WATERMARK_DELAY_MS - 1);
  }
  expect(next).toEqual(queues.map((queue) => queue.length));
  return late.sort((left, right) => left - right);
}

/** Spark's rules (B1 to B3): one watermark over all partitions, set between batches; it starts at 0. */
function lateByMicroBatch(sales: readonly Sale[], batch: number, previousWatermark: boolean): number[] {
  const late: number[] = [];
  let watermarkMs = 0;
  let lateWatermarkMs = 0;
  for (let start = 0; start < sales.length; start += batch) {
    const rows = sales.slice(start, start + batch);
    for (const { timeMs, sequence } of rows) if (windowEndMs(timeMs) <= lateWatermarkMs) late.push(sequence);
    const reachedMs = Math.max(
      watermarkMs,
      Math.max(...rows.map(({ timeMs }) => timeMs)) - WATERMARK_DELAY_MS,
    );
    lateWatermarkMs = previousWatermark ? watermarkMs : reachedMs;
    watermarkMs = reachedMs;
  }
  return late;
}
