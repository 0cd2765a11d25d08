import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createHeapBackend, type StateBackend } from '../state/index.ts';
import { TimerService } from './timer-service.ts';

function open(): { readonly state: StateBackend; readonly timers: TimerService } {
  const state = createHeapBackend(128, { first: 0, last: 127 }, { trackChanges: true });
  return { state, timers: new TimerService(state) };
}

test('snapshots of changes hold the timers that came and those that fired or were deleted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'timers-'));
  const files = ['full', 'changes'].map((name) => join(folder, name));
  const { state, timers } = open();
  for (let timeMs = 1; timeMs <= 100; timeMs++) timers.registerEventTime('old', 0, timeMs);
  await state.snapshot('changes').write(files[0] as string);
  timers.advanceWatermark(10, () => {});
  timers.deleteEventTime('old', 0, 50);
  timers.deleteEventTime('old', 0, 60);
  timers.registerEventTime('old', 0, 60);
  timers.registerEventTime('new', 7, 55);
  const written = await state.snapshot('changes').write(files[1] as string);
  expect(written.scope).toBe('changes');

  const restored = open();
  await restored.state.restore(files);
  const fired: string[] = [];
  restored.timers.advanceWatermark(1_000, (key, namespace, timeMs) =>
    fired.push(`${key}/${namespace} at ${timeMs}`),
  );
  const left = Array.from({ length: 90 }, (_, index) => 11 + index).filter((timeMs) => timeMs !== 50);
  expect(fired.sort()).toEqual([...left.map((timeMs) => `old/0 at ${timeMs}`), 'new/7 at 55'].sort());
  await rm(folder, { recursive: true });
});
