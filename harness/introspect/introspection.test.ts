import { expect, test } from 'vitest';
import type { Introspection } from '../../engines/pipeline/index.ts';
import { describeIntrospection } from './describe-introspection.ts';
import type { Look } from './introspection-log.ts';
import { operatorLines } from './operator-lines.ts';

/** A slot that is busy for a share of each second, and reads so many records in it. */
function lookAt(second: number, total: { busyMs: number; read: number; startedAtSecond?: number }): Look {
  const { busyMs, read, startedAtSecond = 0 } = total;
  const introspection: Introspection = {
    tasks: [
      {
        name: 'slot 0',
        busyMs,
        backPressuredMs: 0,
        idleMs: (second - startedAtSecond) * 1_000 - busyMs,
        watermarkMs: second,
        operators: [
          { name: 'source', recordsIn: read, recordsOut: read, busyMs: busyMs / 2, state: null },
          {
            name: 'window, aggregate',
            recordsIn: read,
            recordsOut: read / 10,
            busyMs: null,
            state: { entries: 1_234, bytes: 96_000 },
          },
        ],
      },
    ],
    watermark: { heldBackBy: { partition: 3, behindMs: 1_200, forMs: 12_000 }, idlePartitions: [1, 2] },
    checkpoints: {
      completed: 12,
      failed: 2,
      timedOut: 1,
      last: { checkpointId: 14, durationMs: 14, alignmentMs: 0.31, writtenBytes: 960, fullBytes: 96_000 },
    },
  };
  return { atNs: BigInt(second) * 1_000_000_000n, introspection };
}

const LOOKS = [
  lookAt(1, { busyMs: 900, read: 90_000 }),
  lookAt(2, { busyMs: 1_000, read: 91_000 }),
  lookAt(3, { busyMs: 1_200, read: 93_000 }),
  // It started anew.
  lookAt(4, { busyMs: 50, read: 10, startedAtSecond: 3 }),
  lookAt(5, { busyMs: 350, read: 3_010, startedAtSecond: 3 }),
  lookAt(6, { busyMs: 1_350, read: 90_010, startedAtSecond: 3 }),
];

test('a result keeps the last look, and medians over the measured part, without the second of a start', () => {
  const described = describeIntrospection(LOOKS, 1_000_000_000n, 5_500_000_000n);
  expect(described).toMatchObject({
    intervals: 3,
    tasks: [
      {
        name: 'slot 0',
        shares: { busy: 0.2, backPressured: 0, idle: 0.8 },
        watermarkMs: 6,
        operators: [
          { name: 'source', recordsIn: 90_010, inPerSecond: 2_000, outPerSecond: 2_000, busyShare: 0.1 },
          { name: 'window, aggregate', outPerSecond: 200, busyShare: null, state: { entries: 1_234 } },
        ],
      },
    ],
    checkpoints: { failed: 2, timedOut: 1 },
  });
});

test('without two looks in the measured part there are no shares, and without a look there is nothing', () => {
  expect(describeIntrospection(LOOKS, 7_000_000_000n, 9_000_000_000n)?.tasks[0]?.shares).toBeNull();
  expect(describeIntrospection([], 0n, 1n)).toBeNull();
});

test('a task that is one operator has one line', () => {
  const [before, after] = [LOOKS[0], LOOKS[2]].map((look) => {
    const { atNs, introspection } = look as Look;
    const [task] = introspection.tasks;
    const name = 'Source: input -> decode -> dead-letter: Writer';
    const tasks = (task === undefined ? [] : [task]).map(({ operators, ...rest }) => ({
      ...rest,
      name,
      operators: operators.slice(0, 1).map((operator) => ({ ...operator, name })),
    }));
    return { atNs, introspection: { tasks, watermark: null, checkpoints: null } };
  });
  expect(operatorLines(before as Look, after as Look).join('\n')).toMatchInlineSnapshot(`
    "operators, over 2.00 s
                                              in, /s  out, /s  busy  back-pressured  idle  state
    Source: input -> decode -> dead-lette...   1,500    1,500  15 %             0 %  85 %"
  `);
});

test('the table of two looks', () => {
  expect(operatorLines(LOOKS[0] as Look, LOOKS[2] as Look).join('\n')).toMatchInlineSnapshot(`
    "operators, over 2.00 s
                       in, /s  out, /s   busy  back-pressured  idle                   state
    source              1,500    1,500  7.5 %
    window, aggregate   1,500      150                               1,234 entries, 96.0 kB
    slot 0                               15 %             0 %  85 %
    watermark: held back by partition 3 (1.20 s behind the furthest, for 12.0 s); idle: 1, 2
    checkpoints: 12 completed, 2 failed, of these 1 timed out; last: 14.0 ms, alignment 0.310 ms, 960 B written, 96.0 kB in all"
  `);
});
