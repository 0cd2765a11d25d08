import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Aggregate,
  avg,
  count,
  custom,
  max,
  min,
  sum,
  type WindowSpecification,
} from '../../pipeline/index.ts';
import { element, runWindow, type Step, sorted } from './testing/run-window.ts';

const key = fc.constantFrom('a', 'b');
const value = fc.integer({ min: -9, max: 9 });
const timestampMs = fc.integer({ min: -60, max: 120 });

/** Elements around a watermark that only grows, and restores. */
const steps: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.tuple(key, value, fc.integer({ min: -25, max: 25 })) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 20 }) },
      { weight: 1, arbitrary: fc.constant({ snapshotRestore: true } as const) },
    ),
    { minLength: 10, maxLength: 40 },
  )
  .map((drawn) => {
    let watermarkMs = -60;
    const given = drawn.map((step): Step => {
      if (Array.isArray(step)) return element(step[0], step[1], watermarkMs + step[2]);
      if (typeof step === 'object') return step as Step;
      watermarkMs += step;
      return { watermarkMs };
    });
    return [...given, { watermarkMs: Number.POSITIVE_INFINITY }];
  });

const sliding = fc
  .record({ sizeMs: fc.integer({ min: 1, max: 30 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .chain(({ sizeMs, part }) => {
    const slideMs = Math.max(1, Math.floor(part * sizeMs));
    return fc.record({
      type: fc.constant('sliding' as const),
      sizeMs: fc.constant(sizeMs),
      slideMs: fc.constant(slideMs),
      offsetMs: fc.integer({ min: 1 - slideMs, max: slideMs - 1 }),
    });
  });

/** Digits of the values, in decimal places of their own: a sum that tells each value's number. */
const tally = (subtract: boolean): Aggregate =>
  custom<readonly number[]>({
    type: 'utf8',
    create: () => new Array<number>(19).fill(0),
    add: (counts, row) => counts.map((seen, digit) => seen + (digit === (row.value as number) + 9 ? 1 : 0)),
    merge: (left, right) => left.map((seen, digit) => seen + (right[digit] as number)),
    ...(subtract && {
      subtract: (from: readonly number[], part: readonly number[]) =>
        from.map((seen, digit) => seen - (part[digit] as number)),
    }),
    result: (counts) => counts.join(''),
  });

const aggregates = fc.constantFrom<Readonly<Record<string, Aggregate>>>(
  { count: count(), total: sum('value'), mean: avg('value') },
  { least: min('value'), most: max('value'), total: sum('value') },
  { half: sum('half'), count: count() },
  { tally: tally(true), count: count() },
  { tally: tally(false) },
);

describe('windows that share their panes', () => {
  it('give what windows with a state each give, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(
        sliding,
        fc.integer({ min: 0, max: 25 }),
        aggregates,
        steps,
        async (window, allowedLatenessMs, aggregates, steps) => {
          const node = { window, allowedLatenessMs };
          const shared = await runWindow({ node, aggregates, windows: 'shared' }, steps);
          const separate = await runWindow({ node, aggregates, windows: 'separate' }, steps);
          expect(shared.map(sorted)).toEqual(separate.map(sorted));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('as do tumbling windows, for which a smaller operator is there', async () => {
    const tumbling = fc.record({
      type: fc.constant('tumbling' as const),
      sizeMs: fc.integer({ min: 10, max: 30 }),
      offsetMs: fc.integer({ min: -9, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(
        tumbling,
        fc.integer({ min: 0, max: 25 }),
        aggregates,
        steps,
        async (window, allowedLatenessMs, aggregates, steps) => {
          const node = { window, allowedLatenessMs };
          const shared = await runWindow({ node, aggregates, windows: 'shared' }, steps);
          const separate = await runWindow({ node, aggregates, windows: 'separate' }, steps);
          expect(shared.map(sorted)).toEqual(separate.map(sorted));
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the closed windows', () => {
  const DELAY_MS = 20;
  const window: fc.Arbitrary<WindowSpecification> = fc.oneof(
    sliding,
    fc.record({
      type: fc.constant('tumbling' as const),
      sizeMs: fc.integer({ min: 1, max: 40 }),
      offsetMs: fc.constant(0),
    }),
    fc.record({ type: fc.constant('session' as const), gapMs: fc.integer({ min: 1, max: 20 }) }),
  );
  const event = fc.record({ key, value, timestampMs });
  /** How much later than its time an event comes, and whether the watermark goes on behind it: one arrival of all events. */
  const arrival = fc.array(fc.record({ delayMs: fc.integer({ min: 0, max: DELAY_MS }), cut: fc.boolean() }), {
    minLength: 40,
    maxLength: 40,
  });
  type Event = { readonly key: string; readonly value: number; readonly timestampMs: number };
  type Arrival = readonly { readonly delayMs: number; readonly cut: boolean }[];

  function arriving(events: readonly Event[], arrival: Arrival): readonly Step[] {
    const inOrder = events
      .map((each, index) => ({ ...each, ...(arrival[index] as Arrival[number]) }))
      .sort((left, right) => left.timestampMs + left.delayMs - right.timestampMs - right.delayMs);
    let maxMs = Number.NEGATIVE_INFINITY;
    const steps = inOrder.flatMap(({ key, value, timestampMs, cut }): Step[] => {
      maxMs = Math.max(maxMs, timestampMs);
      const step = element(key, value, timestampMs);
      return cut ? [step, { watermarkMs: maxMs - DELAY_MS - 1 }] : [step];
    });
    return [...steps, { watermarkMs: Number.POSITIVE_INFINITY }];
  }

  it('are the same however events within the delay are interleaved, and wherever the watermark comes between', async () => {
    await fc.assert(
      fc.asyncProperty(
        window,
        fc.array(event, { maxLength: 40 }),
        arrival,
        arrival,
        async (window, events, one, other) => {
          const aggregates = { count: count(), total: sum('value'), least: min('value') };
          const [left, right] = await Promise.all(
            [one, other].map((arrival) =>
              runWindow({ node: { window }, aggregates }, arriving(events, arrival)),
            ),
          );
          expect(sorted((left ?? []).flat())).toEqual(sorted((right ?? []).flat()));
          expect((left ?? []).flat().filter(({ kind }) => kind === 'late')).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
