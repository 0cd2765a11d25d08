import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type PatternBuilder,
  type PatternMatch,
  type PatternNode,
  pattern,
  type Row,
} from '../../pipeline/index.ts';
import {
  MAX_PARALLELISM,
  type OpenBackend,
  type OperatorStep,
  openHeapBackend,
  runOperatorSteps,
  runOperatorStepsRestoring,
} from '../operator-harness/index.ts';
import { openRocksDbBackend, type StateBackend } from '../state/index.ts';
import { PatternOperator } from './pattern-operator.ts';

type Event = { readonly type: string; readonly timeMs: number };
type Step = OperatorStep<string>;

const isType =
  (wanted: string) =>
  ({ type }: Event): boolean =>
    type === wanted;

const start = (): PatternBuilder<Event> => pattern<Event>('a').where(isType('A'));

function event(type: string, timeMs: number, key = 'key'): Step {
  return { element: { key, row: { type, timeMs }, timestampMs: timeMs, raw: `${type}${timeMs}` } };
}

const watermark = (watermarkMs: number): Step => ({ watermarkMs });

const textOf = (match: PatternMatch): string =>
  Object.entries(match)
    .map(([stage, rows]) => `${stage}:${rows.map(({ type, timeMs }) => `${type}${timeMs}`).join('+')}`)
    .join(' ');

function nodeOf(builder: PatternBuilder<Event>): Pick<PatternNode, 'pattern' | 'select' | 'timedOut'> {
  return {
    pattern: builder.specification as unknown as PatternNode['pattern'],
    select: (_key, match): Row => ({ text: textOf(match) }),
    timedOut: {
      output: 'timed-out',
      select: (_key, partial, timeMs): Row => ({ text: `${textOf(partial)} @${timeMs}` }),
      outputSchema: { text: 'utf8' },
    },
  };
}

/** For each step what came out, the same on every way of running it. */
async function run(builder: PatternBuilder<Event>, steps: readonly Step[]): Promise<string[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-pattern-'));
  const keyGroups = { first: 0, last: MAX_PARALLELISM - 1 };
  const openRocksDb: OpenBackend = () =>
    openRocksDbBackend({ maxParallelism: MAX_PARALLELISM, keyGroups, folder, cacheEntries: 2 });
  const node = nodeOf(builder);
  const results: string[][][] = [];
  for (const [open, drive] of [
    [openHeapBackend, runOperatorSteps],
    [openHeapBackend, runOperatorStepsRestoring],
    [openRocksDb, runOperatorSteps],
    [openRocksDb, runOperatorStepsRestoring],
  ] as const) {
    const emitted = await drive<string>(
      open,
      ({ state, output }) => new PatternOperator({ node, state, output }),
      steps,
    );
    results.push(
      emitted.map((step) =>
        step.map((each) => {
          if (each.kind === 'late') return `late ${each.raw}`;
          return each.kind === 'side'
            ? `${each.output} ${each.row.text}`
            : `${each.row.text} at ${each.timestampMs}`;
        }),
      ),
    );
  }
  await rm(folder, { recursive: true, force: true });
  const [first, ...others] = results as [string[][], ...string[][][]];
  for (const other of others) expect(other).toEqual(first);
  return first;
}

describe('event time', () => {
  it('takes events in order of time once the watermark passes them, ties in arrival order; others are late', async () => {
    const pairs = start().next('b').where(isType('B'));
    expect(
      await run(pairs, [
        event('B', 5),
        event('A', 5),
        event('B', 7),
        event('A', 3),
        watermark(4),
        event('A', 4),
        watermark(6),
        event('B', 6),
        watermark(7),
      ]),
    ).toEqual([[], [], [], [], [], ['late A4'], ['a:A3 b:B5 at 5'], ['late B6'], ['a:A5 b:B7 at 7']]);
  });

  it('keeps the keys apart', async () => {
    const pairs = start().next('b').where(isType('B'));
    const steps = [
      event('A', 1, 'x'),
      event('B', 2, 'y'),
      event('A', 3, 'y'),
      event('B', 4, 'x'),
      watermark(9),
    ];
    expect((await run(pairs, steps)).flat()).toEqual(['a:A1 b:B4 at 4']);
  });
});

describe('within', () => {
  const pairs = start().followedBy('b').where(isType('B')).within(10);

  it('gives a match up when its time is over to the millisecond, with a side output of its own', async () => {
    const steps = [
      event('A', 0),
      watermark(9),
      event('B', 10),
      watermark(10),
      event('A', 20),
      event('B', 29),
      watermark(30),
    ];
    expect(await run(pairs, steps)).toEqual([
      [],
      [],
      [],
      ['timed-out a:A0 @10'],
      [],
      [],
      ['a:A20 b:B29 at 29'],
    ]);
  });

  it('needs no later event of the key', async () => {
    expect((await run(pairs, [event('A', 0), watermark(5), watermark(10)])).at(-1)).toEqual([
      'timed-out a:A0 @10',
    ]);
  });

  it('completes a notFollowedBy at the end when its time is over', async () => {
    const alone = start().notFollowedBy('no b').where(isType('B')).within(10);
    const steps = [event('A', 0), event('A', 5), event('B', 12), watermark(11), watermark(20)];
    expect((await run(alone, steps)).slice(3)).toEqual([['a:A0 at 11'], []]);
  });

  it('between neighbours counts from each event of a match to the next', async () => {
    const chain = start()
      .followedBy('b')
      .where(isType('B'))
      .followedBy('c')
      .where(isType('C'))
      .within(10, 'neighbours');
    const steps = [
      event('A', 0),
      event('B', 9),
      event('C', 18),
      event('A', 30),
      event('B', 35),
      event('C', 45),
      watermark(50),
    ];
    expect((await run(chain, steps)).flat()).toEqual(['a:A0 b:B9 c:C18 at 18', 'timed-out a:A30 b:B35 @45']);
  });
});

describe('conditions', () => {
  it('see the events that the match has taken by stage, and the time', async () => {
    const rising = start()
      .followedBy('more')
      .where(({ timeMs }, match) => {
        const taken = [...match.eventsOf('a'), ...match.eventsOf('more')];
        expect(match.eventsOf('no such stage')).toEqual([]);
        expect(match.timestampMs).toBe(timeMs);
        return timeMs === 2 * (taken.at(-1)?.timeMs ?? 0);
      })
      .times(2);
    const steps = [event('A', 1), event('B', 2), event('B', 3), event('B', 4), watermark(9)];
    expect((await run(rising, steps)).flat()).toEqual(['a:A1 more:B2+B4 at 4']);
  });

  it('end a loop with until', async () => {
    const loop = start().oneOrMore().until(isType('X')).followedBy('b').where(isType('B'));
    const steps = [event('A', 1), event('X', 2), event('A', 3), event('B', 4), watermark(9)];
    expect((await run(loop, steps)).flat()).toEqual(['a:A1 b:B4 at 4', 'a:A3 b:B4 at 4']);
  });
});

describe('state', () => {
  async function bytesOf(state: StateBackend): Promise<number> {
    const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-pattern-'));
    const { bytes } = await state.snapshot().write(join(folder, 'state'));
    await rm(folder, { recursive: true });
    return bytes;
  }

  it.each([
    ['a match that began and ran out of time', 'A', 100],
    ['an event that no match begins with', 'B', undefined],
  ])(
    'of many keys with one event each is gone once the watermark is past it: %s',
    async (_, type, withinMs) => {
      const pairs = start().followedBy('b').where(isType('B'));
      const state = await openHeapBackend();
      const output = { emit: () => {}, late: () => {}, side: () => {} };
      const node = nodeOf(withinMs === undefined ? pairs : pairs.within(withinMs));
      const operator = new PatternOperator<undefined>({ node, state, output });
      const empty = await bytesOf(state);
      for (let index = 0; index < 2_000; index += 1) {
        operator.processElement(`key-${index}`, { type, timeMs: index }, index, undefined);
      }
      expect(await bytesOf(state)).toBeGreaterThan(empty + 2_000 * 20);
      operator.processWatermark(1_999);
      operator.processWatermark(1_999 + (withinMs ?? 0));
      expect(await bytesOf(state)).toBe(empty);
      await state.close();
    },
  );
});
