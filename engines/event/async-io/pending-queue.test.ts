import { expect, test } from 'vitest';
import { OrderedQueue } from './ordered-queue.ts';
import type { PendingEntry, PendingQueue, PendingRow } from './pending-queue.ts';
import { UnorderedQueue } from './unordered-queue.ts';

/*
 * Cases from Apache Flink (Apache License 2.0), flink-streaming-java/src/test/java/org/apache/flink/streaming/api/operators/async/queue/:
 * OrderedStreamElementQueueTest, UnorderedStreamElementQueueTest and StreamElementQueueTest. A step puts a row (its number) or a
 * watermark (W and its time), completes a row, or takes all that may leave: what left, in order, and how many entries are inside then.
 */
type Step =
  | { readonly put: number | `W${number}` }
  | { readonly complete: number }
  | { readonly leave: readonly (number | `W${number}` | readonly number[])[]; readonly inside: number };

const CASES: readonly [name: string, queues: readonly ('ordered' | 'unordered')[], steps: readonly Step[]][] =
  [
    [
      'OrderedStreamElementQueueTest.testCompletionOrder',
      ['ordered'],
      [
        { put: 1 },
        { put: 2 },
        { put: 'W2' },
        { put: 3 },
        { leave: [], inside: 4 },
        { complete: 2 },
        { complete: 3 },
        { leave: [], inside: 4 },
        { complete: 1 },
        { leave: [1, 2, 'W2', 3], inside: 0 },
      ],
    ],
    [
      'UnorderedStreamElementQueueTest.testCompletionOrder',
      ['unordered'],
      [
        { put: 1 },
        { put: 2 },
        { put: 'W2' },
        { put: 3 },
        { put: 4 },
        { put: 'W5' },
        { put: 5 },
        { put: 6 },
        { complete: 3 },
        { leave: [], inside: 8 },
        { complete: 2 },
        { leave: [2], inside: 7 },
        { complete: 6 },
        { complete: 4 },
        { leave: [], inside: 7 },
        { complete: 1 },
        { leave: [1, 'W2', [3, 4], 'W5', 6], inside: 1 },
        { leave: [], inside: 1 },
        { complete: 5 },
        { leave: [5], inside: 0 },
      ],
    ],
    [
      'StreamElementQueueTest.testPop',
      ['ordered', 'unordered'],
      [
        { put: 'W0' },
        { put: 42 },
        { leave: ['W0'], inside: 1 },
        { complete: 42 },
        { leave: [42], inside: 0 },
      ],
    ],
    [
      'StreamElementQueueTest.testWatermarkOnly',
      ['ordered', 'unordered'],
      [{ put: 'W2' }, { put: 'W5' }, { leave: ['W2', 'W5'], inside: 0 }, { leave: [], inside: 0 }],
    ],
  ];

test.each(CASES.flatMap(([name, kinds, steps]) => kinds.map((kind) => [name, kind, steps] as const)))(
  '%s, %s',
  (_name, kind, steps) => {
    const queue: PendingQueue = kind === 'ordered' ? new OrderedQueue() : new UnorderedQueue();
    const rows = new Map<number, PendingRow>();
    for (const step of steps) {
      if ('put' in step) {
        const entry = entryOf(step.put);
        if (entry.kind === 'row') rows.set(step.put as number, entry);
        queue.add(entry);
      } else if ('complete' in step) {
        queue.complete(rows.get(step.complete) as PendingRow, []);
      } else {
        const left: (number | string)[] = [];
        for (let entry = queue.take(); entry !== undefined; entry = queue.take()) left.push(nameOf(entry));
        for (const expected of step.leave) {
          const names = left.splice(0, Array.isArray(expected) ? expected.length : 1);
          expect(names.sort()).toEqual([expected].flat());
        }
        expect(left).toEqual([]);
        expect(queue.entries()).toHaveLength(step.inside);
        expect(queue.isEmpty).toBe(step.inside === 0);
      }
    }
  },
);

test.each(['ordered', 'unordered'])(
  'StreamElementQueueTest.testPut, %s: the entries for a checkpoint keep their places, done or not',
  (kind) => {
    const queue: PendingQueue = kind === 'ordered' ? new OrderedQueue() : new UnorderedQueue();
    const entries = ['W0', 42, 43, 'W2', 44].map((put) => entryOf(put as number));
    for (const entry of entries) queue.add(entry);
    expect(queue.entries()).toEqual(entries);
    expect(queue.rows).toBe(3);
    queue.complete(entries[1] as PendingRow, []);
    expect(queue.entries().map(nameOf)).toEqual(['W0', 42, 43, 'W2', 44]);
  },
);

function entryOf(put: number | `W${number}`): PendingEntry {
  if (typeof put === 'string') return { kind: 'watermark', watermarkMs: Number(put.slice(1)) };
  return {
    kind: 'row',
    row: { number: put },
    timestampMs: 0,
    raw: undefined,
    partition: 0,
    results: undefined,
  };
}

function nameOf(entry: PendingEntry): number | string {
  switch (entry.kind) {
    case 'row':
      return entry.row.number as number;
    case 'watermark':
      return `W${entry.watermarkMs}`;
    case 'status':
      return entry.status;
  }
}
