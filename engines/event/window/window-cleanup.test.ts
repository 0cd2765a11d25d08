import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { count, max } from '../../pipeline/index.ts';
import { MAX_PARALLELISM } from '../operator-harness/index.ts';
import { createHeapBackend } from '../state/index.ts';
import { createWindowOperator } from './create-window-operator.ts';
import type { WindowCase } from './testing/run-window.ts';

const TUMBLING = { type: 'tumbling', sizeMs: 10, offsetMs: 0 } as const;
const SLIDING = { type: 'sliding', sizeMs: 10, slideMs: 3, offsetMs: 0 } as const;
const SESSION = { type: 'session', gapMs: 5 } as const;

/** Rows of three keys, out of order, some late; then the end of all windows in both times. Gives the bytes of the snapshot. */
async function bytesAfter(node: WindowCase['node'], rows: 'no-rows' | 'rows'): Promise<number> {
  const state = createHeapBackend(MAX_PARALLELISM, { first: 0, last: MAX_PARALLELISM - 1 });
  let nowMs = 0;
  const operator = createWindowOperator<string>({
    keyField: 'key',
    schema: {},
    node: { ...node, kind: 'window', late: { kind: 'count' } },
    operation: { kind: 'aggregate', aggregates: { count: count(), most: max('value') }, emit: 'final' },
    allowedLatenessMs: node.allowedLatenessMs ?? 0,
    state,
    output: { emit: () => {}, late: () => {}, side: () => {} },
    nowMs: () => nowMs,
  });
  for (let index = 0; rows === 'rows' && index < 300; index++) {
    const timestampMs = index + ((index * 7) % 13);
    nowMs = index;
    operator.processElement(`key ${index % 3}`, { value: index }, timestampMs, '');
    if (index % 20 === 0) operator.processWatermark(index - 2);
    if (index % 15 === 0) operator.processProcessingTime(nowMs);
  }
  nowMs = 1000;
  operator.processProcessingTime(nowMs);
  operator.processWatermark(1000);
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-window-'));
  const { bytes } = await state.snapshot().write(join(folder, 'state'));
  await rm(folder, { recursive: true });
  return bytes;
}

it.each<[string, WindowCase['node']]>([
  ['tumbling windows', { window: TUMBLING }],
  ['tumbling windows with lateness', { window: TUMBLING, allowedLatenessMs: 7 }],
  ['windows that share panes', { window: SLIDING }],
  ['windows that share panes, with lateness', { window: SLIDING, allowedLatenessMs: 7 }],
  [
    'sliding windows with a trigger',
    { window: SLIDING, trigger: { type: 'continuousEventTime', intervalMs: 4 } },
  ],
  ['sessions', { window: SESSION }],
  [
    'sessions with lateness and a count',
    { window: SESSION, allowedLatenessMs: 7, trigger: { type: 'count', count: 2 } },
  ],
  [
    'sessions that fire in between',
    { window: SESSION, trigger: { type: 'continuousEventTime', intervalMs: 2 } },
  ],
  ["sessions of the engine's clock", { window: SESSION, time: 'processing' }],
  ["sliding windows of the engine's clock", { window: SLIDING, time: 'processing' }],
  [
    'global windows that are purged at each row',
    { window: { type: 'global' }, trigger: { type: 'purging', trigger: { type: 'count', count: 1 } } },
  ],
])('when they are over, %s leave no state and no timer', async (_name, node) => {
  expect(await bytesAfter(node, 'rows')).toBe(await bytesAfter(node, 'no-rows'));
});
