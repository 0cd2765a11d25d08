import { expect, test } from 'vitest';
import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import { marksOf } from './run-base.ts';

const START_NS = 5_000_000_000n;
const at = (ms: number): bigint => START_NS + BigInt(Math.round(ms * 1e6));
const pause = (atMs: number, durationMs: number): PipelineEvent => ({
  kind: 'gc-paused',
  atNs: at(atMs),
  processId: 7,
  durationMs,
});

test('checkpoints, batches and pauses of the garbage collector become marks, by their beginning', () => {
  const checkpoint = { checkpointId: 3, startedAtNs: at(900), durationMs: 40, pauseMs: 0.5, bytesWritten: 9 };
  const batch = {
    batchId: 4,
    startedAtNs: at(100),
    durationMs: 80,
    inputRows: 1,
    outputRows: 1,
    phasesMs: {},
    bytesWritten: 7,
  };
  const events: PipelineEvent[] = [
    { kind: 'checkpoint-completed', atNs: at(940), checkpoint },
    { kind: 'batch-completed', atNs: at(180), batch },
    pause(500, 2),
    pause(600, 1.99),
    pause(-1, 20),
    pause(1_000, 20),
  ];
  expect(marksOf({ events, startNs: START_NS, toMs: 1_000 })).toEqual([
    { kind: 'batch', id: 4, atMs: 100, durationMs: 80, pauseMs: null, bytesWritten: 7 },
    { kind: 'gc-pause', atMs: 500, durationMs: 2 },
    { kind: 'checkpoint', id: 3, atMs: 900, durationMs: 40, pauseMs: 0.5, bytesWritten: 9 },
  ]);
});

test('of more than fifty pauses the longest fifty stay, in the order of time', () => {
  const events = Array.from({ length: 80 }, (_, i) => pause(i, 2 + ((i * 7) % 80)));
  const marks = marksOf({ events, startNs: START_NS, toMs: 1_000 });
  expect(marks).toHaveLength(50);
  expect(Math.min(...marks.map(({ durationMs }) => durationMs))).toBe(32);
  expect(marks.map(({ atMs }) => atMs)).toEqual(marks.map(({ atMs }) => atMs).sort((a, b) => a - b));
});
