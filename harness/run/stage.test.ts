/** Runs of the event-driven engine on the embedded log, to see what a stage asks of an engine and what it leaves out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { drainRun } from './drain-run.ts';
import { type OpenContext, openContext } from './open-context.ts';
import { cellDefaults } from './presets.ts';

let broker: OpenBroker;
let open: OpenContext;
beforeAll(async () => {
  broker = await openBroker({ choice: 'log' });
  const signal = new AbortController().signal;
  open = await openContext({ broker, floors: [], clockResolutionUs: 0, signal, progress: () => undefined });
});
afterAll(async () => {
  await open?.close();
  await broker?.stop();
});

test.each([0, 0.05])(
  'with a share of %d the engine hears whether records may be broken; on a cluster it has no cost',
  async (brokenShare) => {
    const { context } = open;
    const event = context.pipelines.get('event');
    if (event === undefined) throw new Error('there is no event-driven engine');
    const told: boolean[] = [];
    const overheard: typeof event = {
      ...event,
      deploy: (deployment, onEvent) => {
        told.push(deployment.brokenInput);
        return event.deploy(deployment, onEvent);
      },
    };
    const isBroken = brokenShare > 0;
    const elsewhere = new Set(isBroken ? (['event'] as const) : []);
    const defaults = await cellDefaults('merchant-spend', 'event', 1);
    const cell = { ...defaults, drainEvents: 1_000, log: { ...defaults.log, brokenShare } };
    const pipelines = new Map([...context.pipelines, ['event', overheard]] as const);
    const run = await drainRun({ ...context, pipelines, elsewhere }, cell, `stage-${brokenShare}`);
    expect(told).toEqual([isBroken]);
    expect(run.verification).toMatchObject({ passed: true });
    expect((run.verification?.deadLetters.seen ?? 0) > 0).toBe(isBroken);
    expect(run.cost === null).toBe(isBroken);
    expect(run.remarks.some(({ code }) => code === 'RUN_ENGINE_ELSEWHERE')).toBe(isBroken);
  },
);
