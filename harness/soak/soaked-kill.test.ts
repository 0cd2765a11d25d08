import { expect, test } from 'vitest';
import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import { soakedKills } from './soaked-kill.ts';

const ms = (milliseconds: number): bigint => BigInt(milliseconds * 1e6);
const checkpoint = { checkpointId: 1, startedAtNs: ms(0), durationMs: 1, pauseMs: null, bytesWritten: 1 };
const lifeFrom = (atMs: number, incarnation: number): PipelineEvent[] => [
  { kind: 'process-started', atNs: ms(atMs), processId: 1, incarnation },
  { kind: 'restored', atNs: ms(atMs + 300), incarnation, positions: [0] },
  { kind: 'running', atNs: ms(atMs + 310), incarnation },
  { kind: 'checkpoint-completed', atNs: ms(atMs + 450), checkpoint },
];

test('each kill is followed to its successor, the next commit and the next new output', () => {
  const sent = [2_000, 2_100, 9_000].map((atMs) => ({
    aim: 'anywhere' as const,
    share: 0,
    passing: 0,
    killedAtNs: ms(atMs),
  }));
  const events: PipelineEvent[] = [
    { kind: 'running', atNs: ms(1_000), incarnation: 1 },
    { kind: 'process-started', atNs: ms(2_010), processId: 1, incarnation: 2 },
    { kind: 'process-exited', atNs: ms(2_101), incarnation: 2, cause: 'signal' },
    ...lifeFrom(2_110, 3),
    { kind: 'process-exited', atNs: ms(9_001), incarnation: 3, cause: 'signal' },
  ];
  // The first was committed before the kill, and came late.
  const outputArrivalsNs = [2_050, 2_600, 2_700].map(ms);
  const kills = soakedKills(sent, { events, startNs: ms(1_000), outputArrivalsNs });
  expect(kills).toEqual([
    { aim: 'anywhere', atMs: 1_000, phase: 'running', runningMs: null, committedMs: null, outputMs: null },
    { aim: 'anywhere', atMs: 1_100, phase: 'restarting', runningMs: 320, committedMs: 460, outputMs: 500 },
    { aim: 'anywhere', atMs: 8_000, phase: 'running', runningMs: null, committedMs: null, outputMs: null },
  ]);
});
