import { expect, test } from 'vitest';
import { ProcessRecord } from './process-record.ts';

const second = (seconds: number): bigint => BigInt(Math.round(seconds * 1e9));

function recordOf(samples: number, everySeconds: number): ProcessRecord {
  const record = new ProcessRecord(7);
  for (let index = 0; index < samples; index += 1) {
    const usage = {
      cpuSeconds: index * everySeconds * 0.5,
      rssMb: 100 + index,
      peakRssMb: 100 + index,
      threads: 9,
    };
    record.hear(second(10 + index * everySeconds), usage);
  }
  return record;
}

test('a timeline stands on the schedule and shows the CPU of each step', () => {
  const { timeline } = recordOf(11, 0.1).cost('event #1', second(8), null);
  expect(timeline).toMatchObject({ firstAtMs: 2_100, stepMs: 100 });
  expect(timeline?.cpuShare).toEqual(new Array(10).fill(0.5));
  expect(timeline?.rssMb).toEqual(Array.from({ length: 10 }, (_, index) => 101 + index));
});

test('a long life is thinned to 200 steps, and nothing of its CPU time is lost', () => {
  const cost = recordOf(5_001, 0.1).cost('event #1', 0n, null);
  expect(cost.timeline?.cpuShare.length).toBeLessThanOrEqual(200);
  const seconds =
    (cost.timeline?.cpuShare ?? []).reduce((total, share) => total + share, 0) *
    ((cost.timeline?.stepMs ?? 0) / 1_000);
  expect(seconds).toBeCloseTo(cost.cpuSeconds, 0);
});

test('threads that ended keep the switches they had, and counters are null where nobody tells', () => {
  const record = recordOf(2, 0.1);
  expect(record.cost('event #1', 0n, null)).toMatchObject({
    voluntarySwitches: null,
    involuntarySwitches: null,
    bytesWritten: null,
  });
  record.hearDetail({
    bytesWritten: 4_096,
    switches: new Map([
      [1, { voluntary: 5, involuntary: 1 }],
      [2, { voluntary: 7, involuntary: 0 }],
    ]),
  });
  record.hearDetail({ bytesWritten: null, switches: new Map([[1, { voluntary: 6, involuntary: 2 }]]) });
  expect(record.cost('event #1', 0n, null)).toMatchObject({
    voluntarySwitches: 13,
    involuntarySwitches: 2,
    bytesWritten: 4_096,
  });
});

test('a late sample leaves no gap in the timeline', () => {
  const record = new ProcessRecord(7);
  for (const atSeconds of [0, 0.1, 0.35, 0.4, 0.5, 0.6]) {
    record.hear(second(atSeconds), { cpuSeconds: atSeconds, rssMb: 50, peakRssMb: 50, threads: null });
  }
  const { timeline } = record.cost('event #1', 0n, null);
  expect(timeline).toMatchObject({ stepMs: 200, cpuShare: [1, 1, 1], rssMb: [50, 50, 50] });
});
