import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeIntervalJoinContract } from '../../pipeline/dataflow/testing/index.ts';
import {
  type HarnessParts,
  MAX_PARALLELISM,
  type OpenBackend,
  type OperatorStep,
  openHeapBackend,
  runOperatorSteps,
  runOperatorStepsRestoring,
} from '../operator-harness/index.ts';
import { type KeyedStateTable, openRocksDbBackend, type StateBackend } from '../state/index.ts';
import { IntervalJoinOperator } from './index.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosscurrent-interval-join-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

let opened = 0;
const openRocksDb: OpenBackend = () =>
  openRocksDbBackend({
    maxParallelism: MAX_PARALLELISM,
    keyGroups: { first: 0, last: MAX_PARALLELISM - 1 },
    folder: join(root, `store-${opened++}`),
    cacheEntries: 3,
  });

type Step = OperatorStep<string>;
type Pair = readonly [leftMs: number, rightMs: number];

const LEFT = 0;
const RIGHT = 1;

function row(input: number, timestampMs: number, key = 'key'): Step {
  const side = input === LEFT ? 'left' : 'right';
  return {
    element: { key, row: { key, timeMs: timestampMs }, timestampMs, raw: `${side} ${timestampMs}`, input },
  };
}

const watermark = (watermarkMs: number): Step => ({ watermarkMs });

const joinOf =
  (lowerBoundMs: number, upperBoundMs: number) =>
  (parts: HarnessParts<string>): IntervalJoinOperator<string> =>
    new IntervalJoinOperator({
      ...parts,
      lowerBoundMs,
      upperBoundMs,
      join: (left, right) => ({ left: left.timeMs as number, right: right.timeMs as number }),
    });

/** What comes out without and with a restore after each step. */
async function outcomes(lowerMs: number, upperMs: number, steps: readonly Step[], open = openHeapBackend) {
  const make = joinOf(lowerMs, upperMs);
  const runs = [
    await runOperatorSteps(open, make, steps),
    await runOperatorStepsRestoring(open, make, steps),
  ];
  return runs.map((run) => run.flat());
}

/** Rows 1 to 4 of one side, then of the other with the watermark, which is the lesser of both sides, behind each. */
function oneSideFirst(faster: number): Step[] {
  const times = [1, 2, 3, 4];
  return [
    ...times.map((timeMs) => row(faster, timeMs)),
    ...times.flatMap((timeMs) => [row(1 - faster, timeMs), watermark(timeMs)]),
  ];
}

/*
 * Cases and expected pairs from Apache Flink (Apache License 2.0),
 * flink-runtime/src/test/java/org/apache/flink/streaming/api/operators/co/IntervalJoinOperatorTest.java. An excluded bound there is one
 * millisecond further in here.
 */
const BOUNDS: readonly [name: string, lowerMs: number, upperMs: number, pairs: readonly Pair[]][] = [
  [
    'mirrors correctly',
    1,
    2,
    [
      [1, 2],
      [1, 3],
      [2, 3],
      [2, 4],
      [3, 4],
    ],
  ],
  [
    'mirrors correctly, mirrored',
    -2,
    -1,
    [
      [2, 1],
      [3, 1],
      [3, 2],
      [4, 2],
      [4, 3],
    ],
  ],
  [
    'negative inclusive and negative inclusive',
    -2,
    -1,
    [
      [2, 1],
      [3, 1],
      [3, 2],
      [4, 2],
      [4, 3],
    ],
  ],
  [
    'negative inclusive and positive inclusive',
    -1,
    1,
    [
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
      [2, 3],
      [3, 2],
      [3, 3],
      [3, 4],
      [4, 3],
      [4, 4],
    ],
  ],
  [
    'positive inclusive and positive inclusive',
    1,
    2,
    [
      [1, 2],
      [1, 3],
      [2, 3],
      [2, 4],
      [3, 4],
    ],
  ],
  [
    'negative exclusive and negative exclusive',
    -2,
    -2,
    [
      [3, 1],
      [4, 2],
    ],
  ],
  [
    'negative exclusive and positive exclusive',
    0,
    0,
    [
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ],
  ],
  [
    'positive exclusive and positive exclusive',
    2,
    2,
    [
      [1, 3],
      [2, 4],
    ],
  ],
];

describe.each([
  ['left faster', LEFT],
  ['right faster', RIGHT],
])('%s', (_name, faster) => {
  test.each(BOUNDS)('%s', async (_case, lowerMs, upperMs, pairs) => {
    for (const emitted of await outcomes(lowerMs, upperMs, oneSideFirst(faster))) {
      const expected = pairs.map(([left, right]) => ({
        kind: 'result',
        key: 'key',
        row: { left, right },
        timestampMs: Math.max(left, right),
      }));
      expect(emitted).toHaveLength(pairs.length);
      expect(emitted).toEqual(expect.arrayContaining(expected));
    }
  });
});

test.each([
  ['heap', openHeapBackend],
  ['rocksdb', openRocksDb],
])('%s: late rows of either side join nothing and are told', async (_backend, open) => {
  const steps = [
    row(LEFT, 3),
    row(RIGHT, 3),
    watermark(3),
    row(LEFT, 4),
    row(RIGHT, 4),
    row(LEFT, 1),
    row(RIGHT, 2),
    row(LEFT, 5),
    row(RIGHT, 5),
  ];
  for (const emitted of await outcomes(-1, 1, steps, open)) {
    const pairs = emitted.flatMap((each) =>
      each.kind === 'result' ? [[each.row.left, each.row.right]] : [],
    );
    expect(pairs.sort()).toEqual([
      [3, 3],
      [3, 4],
      [4, 3],
      [4, 4],
      [4, 5],
      [5, 4],
      [5, 5],
    ]);
    expect(emitted.filter(({ kind }) => kind === 'late')).toEqual([
      { kind: 'late', raw: 'left 1' },
      { kind: 'late', raw: 'right 2' },
    ]);
  }
});

type Kept = readonly { readonly timestampMs: number }[];

/** Times of the rows that each side keeps after the watermarks 1, 4 and 6; rows 1 to 5 on both sides before. From the same file. */
const KEPT: readonly [lowerMs: number, upperMs: number, left: number[][], right: number[][]][] = [
  [-1, 0, [[2, 3, 4, 5], [5], []], [[1, 2, 3, 4, 5], [4, 5], []]],
  [0, 1, [[1, 2, 3, 4, 5], [4, 5], []], [[2, 3, 4, 5], [5], []]],
];

test.each(KEPT)(
  'bounds %d and %d: rows go when no other can meet them',
  async (lowerMs, upperMs, left, right) => {
    const tables = new Map<string, KeyedStateTable<Kept>>();
    const backend = await openHeapBackend();
    const state = new Proxy(backend, {
      get(target, property: keyof StateBackend) {
        const member = target[property];
        if (property !== 'table') return typeof member === 'function' ? member.bind(target) : member;
        return (name: string, codec: never) => {
          const table = target.table(name, codec);
          tables.set(
            name,
            table as KeyedStateTable<unknown> as typeof tables extends Map<string, infer T> ? T : never,
          );
          return table;
        };
      },
    });
    const output = { emit: () => {}, late: () => {}, side: () => {} };
    const operator = joinOf(lowerMs, upperMs)({ state, output, nowMs: () => 0 });
    for (const input of [LEFT, RIGHT]) {
      for (let timeMs = 1; timeMs <= 5; timeMs++) {
        operator.processElement('key', { timeMs }, timeMs, '', input);
      }
    }
    const kept = (name: string) =>
      [1, 2, 3, 4, 5].flatMap((timeMs) =>
        (tables.get(name)?.get('key', timeMs) ?? []).map(({ timestampMs }) => timestampMs),
      );
    for (const [index, watermarkMs] of [1, 4, 6].entries()) {
      operator.processWatermark(watermarkMs);
      expect([kept('interval-join.left'), kept('interval-join.right')]).toEqual([left[index], right[index]]);
    }
  },
);

describeIntervalJoinContract(
  'event, restored after every row',
  async ({ lowerBoundMs, upperBoundMs }, rows) => {
    // The greatest watermark at which none of the rows that come is late.
    const steps = rows.flatMap(({ side, timeMs }, index) => {
      const nextMs = Math.min(...rows.slice(index + 1).map((later) => later.timeMs));
      const element = row(side === 'left' ? LEFT : RIGHT, timeMs);
      return [element, ...(Number.isFinite(nextMs) ? [watermark(nextMs - 1)] : [])];
    });
    const make = joinOf(lowerBoundMs, upperBoundMs);
    const emitted = await runOperatorStepsRestoring(openHeapBackend, make, steps);
    return emitted
      .flat()
      .flatMap((each) =>
        each.kind === 'result' ? [[each.row.left as number, each.row.right as number] as const] : [],
      );
  },
);
