import { expect, test } from 'vitest';
import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import { type KillPhase, phaseAt } from './kill-phase.ts';

const ms = (milliseconds: number): bigint => BigInt(milliseconds * 1e6);
const step = (atMs: number, name: 'restore' | 'checkpoint' | 'commit'): PipelineEvent => ({
  kind: 'step-begun',
  atNs: ms(atMs),
  step: name,
});
const report = { checkpointId: 1, startedAtNs: ms(0), durationMs: 1, pauseMs: null, bytesWritten: 1 };

/** A kill at 60 ends the first process, one at 90 the second before it ran; the third fails a checkpoint. */
const EVENTS: readonly PipelineEvent[] = [
  { kind: 'process-started', atNs: ms(1), processId: 1, incarnation: 1 },
  step(10, 'restore'),
  { kind: 'restored', atNs: ms(15), incarnation: 1, positions: [0] },
  { kind: 'running', atNs: ms(20), incarnation: 1 },
  step(30, 'checkpoint'),
  step(40, 'commit'),
  { kind: 'gc-paused', atNs: ms(42), processId: 1, durationMs: 1 },
  { kind: 'checkpoint-completed', atNs: ms(50), checkpoint: report },
  step(55, 'checkpoint'),
  { kind: 'process-exited', atNs: ms(61), incarnation: 1, cause: 'signal SIGKILL' },
  { kind: 'process-started', atNs: ms(62), processId: 2, incarnation: 2 },
  step(80, 'restore'),
  { kind: 'process-exited', atNs: ms(91), incarnation: 2, cause: 'signal SIGKILL' },
  { kind: 'process-started', atNs: ms(92), processId: 3, incarnation: 3 },
  { kind: 'running', atNs: ms(100), incarnation: 3 },
  step(110, 'checkpoint'),
  { kind: 'checkpoint-failed', atNs: ms(120), checkpointId: 2, reason: 'it took too long' },
];

test.each<[number, KillPhase]>([
  [0, 'running'],
  [5, 'restarting'],
  [12, 'restoring'],
  [17, 'restoring'],
  [25, 'running'],
  [35, 'checkpointing'],
  [45, 'committing'],
  [52, 'running'],
  [60, 'checkpointing'],
  [70, 'restarting'],
  [90, 'restoring'],
  [105, 'running'],
  [115, 'checkpointing'],
  [125, 'running'],
])('at %i ms: %s', (atMs, phase) => {
  expect(phaseAt(EVENTS, ms(atMs))).toBe(phase);
});
