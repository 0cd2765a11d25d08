import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openHeapBackend, runOperatorStepsRestoring } from '../operator-harness/index.ts';
import { runKeyedTimerVectorOn } from './keyed-timer-vectors.ts';

interface TimerCase {
  readonly id: string;
  readonly steps: readonly {
    readonly watermarkMs?: number | 'max';
    readonly processingTimeMs?: number | 'max';
    readonly element?: { readonly actions: readonly { readonly op: string; readonly atMs: number }[] };
  }[];
}

/**
 * Whether a timer is registered for a time already passed: it waits for the next watermark or instant, and a restored operator is given its last
 * one anew, so that such a timer fires earlier there, as in Flink.
 */
function registersThePast({ steps }: TimerCase): boolean {
  const reachedMs: Record<string, number> = { EventTime: -Infinity, ProcessingTime: -Infinity };
  for (const { watermarkMs, processingTimeMs, element } of steps) {
    if (watermarkMs !== undefined) reachedMs.EventTime = watermarkMs === 'max' ? Infinity : watermarkMs;
    if (processingTimeMs !== undefined) {
      reachedMs.ProcessingTime = processingTimeMs === 'max' ? Infinity : processingTimeMs;
    }
    for (const { op, atMs } of element?.actions ?? []) {
      if (op.startsWith('register') && atMs <= (reachedMs[op.slice('register'.length)] ?? 0)) return true;
    }
  }
  return false;
}

it('flink-keyed-timers with a restore after each step, where all timers lie ahead', async () => {
  const file = new URL('../../conformance/golden/flink-keyed-timers.jsonl', import.meta.url);
  const cases = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TimerCase)
    .filter((vector) => !registersThePast(vector));
  expect(cases.length).toBeGreaterThan(40);
  for (const vector of cases.filter((_, index) => index % 3 === 0)) {
    const outcome = await runKeyedTimerVectorOn(openHeapBackend, vector, runOperatorStepsRestoring);
    expect([vector.id, outcome]).toEqual([vector.id, { outcome: 'passed' }]);
  }
});
