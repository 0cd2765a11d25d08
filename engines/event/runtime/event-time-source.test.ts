import { expect, test } from 'vitest';
import type { WatermarkNode } from '../../pipeline/index.ts';
import { EventTimeSource } from './event-time-source.ts';
import { JobMemory } from './job-memory.ts';

const NODE: WatermarkNode = {
  kind: 'watermark',
  field: 'timeMs',
  delayMs: 10,
  idleTimeoutMs: 1000,
  alignmentMaxDriftMs: 50,
};

function sourceOver(partitions: readonly number[], memory = JobMemory.allocate(3, 1), node = NODE) {
  const put: (number | string)[] = [];
  const time = { nowMs: 0 };
  const source = new EventTimeSource({
    node,
    partitions,
    memory,
    output: { emitWatermark: (ms) => put.push(ms), emitStatus: (status) => put.push(status) },
    nowMs: () => time.nowMs,
  });
  return { source, put, time, memory };
}

test('the watermark follows the slowest partition, after its records', () => {
  const { source, put } = sourceOver([0, 1]);
  source.onRecords(0, 100);
  expect(put).toEqual([]);
  source.onRecords(1, 60);
  source.onRecords(1, 80);
  expect(put).toEqual([49, 69]);
});

test('a silent partition becomes idle and holds nobody back; all idle is told once, activity too', () => {
  const { source, put, time, memory } = sourceOver([0, 1]);
  source.onRecords(0, 100);
  const tick = (partitions: readonly number[]) => {
    for (const partition of partitions) source.onSilence(partition);
  };
  tick([1]);
  for (time.nowMs = 200; time.nowMs <= 1200; time.nowMs += 200) tick([1]);
  expect(put).toEqual([89]);
  expect([...memory.idle]).toEqual([0, 1, 0]);
  tick([0]);
  tick([0]);
  for (; time.nowMs <= 3000; time.nowMs += 200) tick([0, 1]);
  expect(put).toEqual([89, 'idle']);
  source.onRecords(1, 200);
  expect(put).toEqual([89, 'idle', 'active', 189]);
});

test('after a restore the watermark starts where the greatest times say', () => {
  const memory = JobMemory.allocate(3, 1);
  memory.maxEventTimesMs.set([500, 300, Number.NEGATIVE_INFINITY]);
  const { source, put } = sourceOver([0, 1], memory);
  source.start();
  expect(put).toEqual([289]);
});

test('a source without partitions is idle from the start', () => {
  const { source, put } = sourceOver([]);
  source.start();
  expect(put).toEqual(['idle']);
});

test('the end of the input ends idleness and is the last watermark', () => {
  const { source, put } = sourceOver([]);
  source.start();
  source.finish();
  expect(put).toEqual(['idle', 'active', Number.POSITIVE_INFINITY]);
});

test('a partition may run ahead of the slowest by the drift; one that has not begun is slowest, an idle or ended one is not', () => {
  const { source, memory } = sourceOver([0, 1, 2]);
  expect(source.limitMs()).toBe(Number.NEGATIVE_INFINITY);
  source.onRecords(0, 100);
  source.onRecords(1, 300);
  expect(source.limitMs()).toBe(Number.NEGATIVE_INFINITY);
  memory.idle[2] = 1;
  expect(source.limitMs()).toBe(150);
  source.onEnd(0);
  expect(source.limitMs()).toBe(350);
});

test('time while the stream is held up, and nobody looks, is no silence', () => {
  const { source, put, time } = sourceOver([0, 1]);
  source.onRecords(0, 100);
  source.onSilence(1);
  time.nowMs = 60_000;
  source.onSilence(1);
  expect(put).toEqual([]);
  for (let tick = 0; tick < 4; tick++) {
    time.nowMs += 200;
    source.onSilence(1);
  }
  expect(put).toEqual([89]);
});

test('a generator of the user’s sees each row, puts out watermarks of its own, and says when it is idle', () => {
  const periodic: number[] = [];
  const node: WatermarkNode = {
    ...NODE,
    delayMs: 0,
    generator: () => ({
      onEvent: (row, timestampMs, output) => {
        if (row.mark === 'watermark') output.emitWatermark(timestampMs);
        if (row.mark === 'idle') output.markIdle();
      },
      onPeriodicEmit: () => periodic.push(1),
    }),
  };
  const memory = JobMemory.allocate(3, 1);
  const { source, put } = sourceOver([0, 1], memory, node);
  const give = (partition: number, timeMs: number, mark: string): void => {
    source.onRow(partition, { mark }, timeMs);
    source.onRecords(partition, timeMs);
  };
  expect(source.watchesRows).toBe(true);
  give(0, 100, 'watermark');
  give(1, 70, 'watermark');
  give(1, 90, 'none');
  expect([put, [...memory.idle]]).toEqual([[70], [0, 0, 0]]);
  give(1, 95, 'idle');
  expect([put, [...memory.idle]]).toEqual([
    [70, 100],
    [0, 1, 0],
  ]);
  give(0, 150, 'watermark');
  give(1, 120, 'none');
  expect([put, [...memory.idle]]).toEqual([
    [70, 100, 150],
    [0, 1, 0],
  ]);
  give(1, 160, 'watermark');
  give(0, 170, 'watermark');
  expect([put, [...memory.idle], periodic.length]).toEqual([[70, 100, 150, 160], [0, 0, 0], 8]);
});
