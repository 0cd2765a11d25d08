import { describe, expect, test } from 'vitest';
import { type RecordedLog, valueReader } from '../log/index.ts';
import { deliver, modelOf } from '../testing/index.ts';
import { OUTPUTS } from '../workload.ts';
import { regionalRevenueWorkload } from './index.ts';
import { revenueOracle } from './oracle.ts';

const { defaults, generate } = regionalRevenueWorkload;
const log = generate({ ...defaults, seed: 5, events: 12_000, lateShare: 0.02 });
const model = modelOf(log);
const timesMs = Array.from({ length: log.count }, (_, sequence) => sale(log, sequence).eventTimeMs);
const ignore = (): void => undefined;

function sale(
  ofLog: RecordedLog,
  sequence: number,
): { region: string; eventTimeMs: number; amountMinor: number } {
  return JSON.parse(valueReader(ofLog)(sequence));
}

describe('revenueOracle', () => {
  test('starts each sample’s clock with the record that lets a perfect engine close the window', () => {
    for (const result of model.results.slice(0, 40)) {
      const covered: number[] = [];
      revenueOracle(log, { late: 'count' }).observe(
        OUTPUTS.result,
        Buffer.from(JSON.stringify(result)),
        (sequence) => covered.push(sequence),
      );
      const threshold = Number(result.windowEndMs) + 10_000;
      const firsts = [0, 1, 2, 3].map((partition) =>
        timesMs.findIndex(
          (timeMs, sequence) => log.partitionOf[sequence] === partition && timeMs >= threshold,
        ),
      );
      expect(covered).toEqual([Math.max(...firsts)]);
    }
  });

  test('expects late records unchanged and once where they are an output', () => {
    const oracle = revenueOracle(log, { late: 'side-output' });
    expect(oracle.expectedLateRecords).toBe(model.late.length);
    expect(model.late.length).toBeGreaterThan(100);
    deliver(oracle, { ...model, late: model.late.slice(1) });
    expect(oracle.missing()).toEqual({ samples: 0, lateRecords: 1, deadLetters: 0 });
    const lost = model.late[0] as string;
    expect(oracle.observe(OUTPUTS.late, Buffer.from(lost.replace('"seq"', ' "seq"')), ignore).kind).toBe(
      'wrong',
    );
    expect(oracle.observe(OUTPUTS.late, Buffer.from(lost), ignore).kind).toBe('unmeasured');
    expect(oracle.observe(OUTPUTS.late, Buffer.from(lost), ignore).kind).toBe('repeat');
  });

  test('counts late records, and refuses them as an output, where they are only counted', () => {
    const oracle = revenueOracle(log, { late: 'count' });
    expect(oracle.expectedLateRecords).toBe(model.late.length);
    expect(oracle.missing().lateRecords).toBe(0);
    expect(oracle.observe(OUTPUTS.late, Buffer.from(model.late[0] as string), ignore).kind).toBe('wrong');
  });

  test('refuses a window that kept a late record', () => {
    const { region, eventTimeMs, amountMinor } = JSON.parse(model.late[0] as string);
    const windowStartMs = Math.floor(eventTimeMs / 300_000) * 300_000;
    const kept = {
      region,
      windowStartMs,
      windowEndMs: windowStartMs + 300_000,
      count: 1,
      totalMinor: amountMinor,
    };
    const verdict = revenueOracle(log, { late: 'count' }).observe(
      OUTPUTS.result,
      Buffer.from(JSON.stringify(kept)),
      ignore,
    );
    expect(verdict).toEqual({ kind: 'wrong', reason: expect.stringContaining('window of late records') });
  });

  test('takes no sample of a sentinel’s window, and misses none', () => {
    const sentinel = sale(log, log.count - 1);
    const windowStartMs = sentinel.eventTimeMs;
    const closed = {
      region: sentinel.region,
      windowStartMs,
      windowEndMs: windowStartMs + 300_000,
      count: 1,
      totalMinor: 0,
    };
    const oracle = revenueOracle(log, { late: 'count' });
    deliver(oracle, model);
    expect(oracle.missing().samples).toBe(0);
    expect(oracle.observe(OUTPUTS.result, Buffer.from(JSON.stringify(closed)), ignore).kind).toBe(
      'unmeasured',
    );
    const twice = Buffer.from(JSON.stringify({ ...closed, count: 2 }));
    expect(oracle.observe(OUTPUTS.result, twice, ignore).kind).toBe('wrong');
  });

  test('ends each partition with a sentinel of its own that closes every other window', () => {
    for (let partition = 0; partition < 4; partition += 1) {
      const sequence = log.count - 4 + partition;
      expect(log.partitionOf[sequence]).toBe(partition);
      expect(sale(log, sequence).region).toMatch(/^sentinel-/);
      const lastEndMs = Math.max(...model.results.map(({ windowEndMs }) => Number(windowEndMs)));
      expect(sale(log, sequence).eventTimeMs).toBeGreaterThanOrEqual(lastEndMs + 10_000);
    }
  });
});
