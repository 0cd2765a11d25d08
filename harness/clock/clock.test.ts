import { describe, expect, test } from 'vitest';
import { clockResolutionUs, ownClockResolutionUs, wallClockOffsetMs } from './index.ts';

describe('clockResolutionUs', () => {
  test.each([
    ['a step each read', 1n, 40n, 0.04],
    ['a millisecond, read a thousand times in between', 1_000n, 1_000_000n, 1_000],
    ['a step larger than all the reads asked for', 20_000n, 15_625_000n, 15_625],
  ])('finds %s', (_, readsPerStep, stepNs, expectedUs) => {
    let reads = 0n;
    const readNs = (): bigint => (reads++ / readsPerStep) * stepNs;
    expect(clockResolutionUs(readNs, 5_000)).toBe(expectedUs);
  });

  test('takes the smallest of unequal steps and passes over a clock that goes back', () => {
    const instants = [0n, 9_000n, 12_000n, 5_000n, 50_000n];
    let read = 0;
    expect(clockResolutionUs(() => instants[read++] ?? 50_000n, 100)).toBe(3);
  });

  test('is infinite for a clock that stands still', () => {
    expect(clockResolutionUs(() => 7n, 10)).toBe(Number.POSITIVE_INFINITY);
  });

  test('tells the resolution of the clocks of this process', () => {
    const resolutionUs = ownClockResolutionUs();
    expect(resolutionUs).toBeGreaterThan(0);
    expect(Number.isFinite(resolutionUs)).toBe(true);
  });
});

describe('wallClockOffsetMs', () => {
  test('finds the offset of a coarse wall clock to the width of the tightest pair of reads', () => {
    const trueOffsetMs = 1_700_000_000_000.25;
    let nowNs = 5_000_000_000n;
    let read = 0;
    // Reads take 300 ns, and every 700th takes 90 us, as on a machine that does something else now and then.
    const tick = (): bigint => {
      read += 1;
      nowNs += read % 700 === 0 ? 90_000n : 300n;
      return nowNs;
    };
    const found = wallClockOffsetMs({
      monotonicNs: tick,
      wallMs: () => Math.floor(Number(tick()) / 1e6 + trueOffsetMs),
    });
    expect(Math.abs(found - trueOffsetMs)).toBeLessThan(0.001);
  });

  test('agrees with the clocks of this process', () => {
    const wallMs = Number(process.hrtime.bigint()) / 1e6 + wallClockOffsetMs();
    expect(Math.abs(wallMs - Date.now())).toBeLessThan(1_000);
  });
});
