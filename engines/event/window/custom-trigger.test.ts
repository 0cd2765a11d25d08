import { expect, it } from 'vitest';
import type { CustomTrigger, StateValue, Trigger, WindowSpecification } from '../../pipeline/index.ts';
import { element, runWindow, type Step } from './testing/run-window.ts';

const SESSION: WindowSpecification = { type: 'session', gapMs: 10 };
const GLOBAL: WindowSpecification = { type: 'global' };

/** What came out at each step, restored after each or not: key, count, last millisecond. */
async function firings(
  window: WindowSpecification,
  trigger: Trigger,
  steps: readonly Step[],
): Promise<readonly (readonly string[])[]> {
  const [plain, restored] = await Promise.all(
    (['as-given', 'after-each'] as const).map((restores) =>
      runWindow({ node: { window, trigger, allowedLatenessMs: 0 } }, steps, restores),
    ),
  );
  expect(restored).toEqual(plain);
  return (plain ?? []).map((emissions) =>
    emissions.map((each) =>
      each.kind === 'result' ? `${each.key} ${each.row.count} @${each.timestampMs}` : each.kind,
    ),
  );
}

const custom = (trigger: CustomTrigger): Trigger => ({ type: 'custom', trigger });

it('has its state per key and window, merges it, and clears its timers', async () => {
  const told: string[] = [];
  const trigger = custom({
    onElement(row, timestampMs, _window, context) {
      const values = [...((context.state as readonly StateValue[]) ?? []), row.value as number];
      context.setState(values);
      context.registerEventTimeTimer(timestampMs + 3);
      return values.length === 4 ? 'fire' : 'continue';
    },
    onEventTime(timeMs, { startMs, endMs }, context) {
      told.push(`${timeMs} in ${startMs}..${endMs}: ${JSON.stringify(context.state)}`);
      return 'continue';
    },
    onMerge({ endMs }, context, states) {
      context.setState((states as readonly (readonly StateValue[])[]).flat());
      context.registerEventTimeTimer(endMs - 5);
    },
    clear({ startMs }, context) {
      context.deleteEventTimeTimer(startMs + 3);
      context.setState(undefined);
    },
  });
  const given = await firings(SESSION, trigger, [
    element('a', 1, 0),
    element('a', 2, 20),
    element('b', 9, 20),
    element('a', 3, 10),
    { watermarkMs: 24 },
    element('a', 4, 21),
    { watermarkMs: 100 },
  ]);
  expect(given).toEqual([[], [], [], [], [], ['a 4 @30'], []]);
  // 3 and 23 of the merged sessions were cleared; 25 was not, but no session has it any more. 29 and 30 are the ends, where state goes.
  expect(new Set(told)).toEqual(
    new Set([
      '13 in 0..30: [1,2,3]',
      '23 in 20..30: [9]',
      '24 in 0..31: [1,2,3,4]',
      '26 in 0..31: [1,2,3,4]',
      '29 in 20..30: [9]',
      '30 in 0..31: [1,2,3,4]',
    ]),
  );
});

it('may purge, and by the clock fire what has come since', async () => {
  const everyTenMs = custom({
    onElement(_row, _timestampMs, _window, context) {
      if (context.state !== undefined) return 'continue';
      context.setState(true);
      context.registerProcessingTimeTimer(context.currentProcessingTimeMs + 10);
      return 'continue';
    },
    onProcessingTime(_timeMs, _window, context) {
      context.setState(undefined);
      return 'fireAndPurge';
    },
  });
  const given = await firings(GLOBAL, everyTenMs, [
    { processingTimeMs: 100 },
    element('a', 1, 0),
    { processingTimeMs: 105 },
    element('a', 1, 0),
    element('b', 1, 0),
    { processingTimeMs: 110 },
    element('a', 1, 0),
    { processingTimeMs: 115 },
    { processingTimeMs: 120 },
  ]);
  expect(given).toEqual([[], [], [], [], [], ['a 2 @Infinity'], [], ['b 1 @Infinity'], ['a 1 @Infinity']]);
});

it('a purging one keeps what its inner trigger knows', async () => {
  const purging: Trigger = { type: 'purging', trigger: { type: 'continuousEventTime', intervalMs: 10 } };
  const given = await firings({ type: 'tumbling', sizeMs: 30, offsetMs: 0 }, purging, [
    element('a', 1, 1),
    element('a', 1, 2),
    { watermarkMs: 10 },
    { watermarkMs: 20 },
    element('a', 1, 3),
    { watermarkMs: 29 },
  ]);
  expect(given).toEqual([[], [], ['a 2 @29'], [], [], ['a 1 @29']]);
});

it('a continuous one on a global window fires once more at the end of the input', async () => {
  const given = await firings(GLOBAL, { type: 'continuousEventTime', intervalMs: 10 }, [
    element('a', 1, 1),
    { watermarkMs: 25 },
    element('a', 1, 27),
    { watermarkMs: Number.POSITIVE_INFINITY },
  ]);
  expect(given).toEqual([[], ['a 1 @Infinity', 'a 1 @Infinity'], [], ['a 2 @Infinity', 'a 2 @Infinity']]);
});

it('a global window without a trigger never fires', async () => {
  const steps = [element('a', 1, 1), { watermarkMs: Number.POSITIVE_INFINITY }];
  expect((await runWindow({ node: { window: GLOBAL } }, steps)).flat()).toEqual([]);
});
