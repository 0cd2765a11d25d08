/** A session with real engine processes on the embedded log, on a clock that is too coarse to measure with: every run is refused. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { readResult } from '../../reports/model/index.ts';
import { exitReasonOf } from './exit-reason.ts';
import { interleave } from './interleave.ts';
import { newResult } from './new-result.ts';
import { cellDefaults } from './presets.ts';
import { runSession } from './session.ts';

let broker: OpenBroker;
let outputFolder = '';
beforeAll(async () => {
  outputFolder = await mkdtemp(join(tmpdir(), 'crosscurrent-session-'));
  broker = await openBroker({ choice: 'log' });
});
afterAll(async () => {
  await broker?.stop();
  await rm(outputFolder, { recursive: true, force: true });
});

test('a refused run is tried again, its refusals stay in the result, and no valid run in the end is exit reason invalid', {
  timeout: 240_000,
}, async () => {
  const shown: string[] = [];
  const cell = {
    ...(await cellDefaults('merchant-spend', 'event', 1)),
    measures: ['drain'] as const,
    drainEvents: 1_000,
  };
  const session = {
    runs: interleave([cell], 1),
    attempts: 2,
    broker,
    seed: 1,
    command: [],
    outputFolder,
    warmUp: false,
    signal: new AbortController().signal,
    progress: (text: string) => shown.push(text),
  };
  const begun = newResult(session);
  const coarse = { ...begun, machine: { ...begun.machine, clockResolutionUs: 1_000 } };
  const result = await runSession({ ...session, resumed: coarse });
  expect(result.status).toBe('complete');
  expect(result.cells.map(({ runs }) => runs.map((run) => run.outcome))).toEqual([['invalid', 'invalid']]);
  for (const run of result.cells.flatMap(({ runs }) => runs)) {
    expect(run.remarks.map(({ code }) => code)).toContain('RUN_CLOCK_TOO_COARSE');
    expect(run.verification?.passed).toBe(true);
  }
  expect(shown.filter((text) => text.startsWith('['))).toEqual([
    expect.stringMatching(/^\[1\/1\] merchant-spend, event, at-least-once: drain \(about/),
    expect.stringMatching(/^\[1\/1\] merchant-spend, event, at-least-once: drain, attempt 2 of 2 \(about/),
  ]);
  expect(exitReasonOf(result)).toBe('invalid');
  expect(await readResult(outputFolder)).toEqual(result);
});
