import { describe, expect, it } from 'vitest';
import { adoptSession, placeSession, type SessionSet } from './session.ts';

type Bounds = readonly [startMs: number, endMs: number];

interface Addition {
  readonly add: Bounds;
  /** The session that it ends up in. */
  readonly result: Bounds;
  /** Sessions that were merged for it; none if it only joins one that covers it. */
  readonly merged?: readonly Bounds[];
  /** Whose content the session goes on with: one of these. The merged session's own is the one of the window that it began with. */
  readonly content: readonly Bounds[];
}

/**
 * Inputs and expectations of flink-runtime/src/test/java/org/apache/flink/streaming/runtime/operators/windowing/MergingWindowSetTest.java and,
 * where it says so, EventTimeSessionWindowsTest.java beside it, in apache/flink (Apache License 2.0). The latter give windows to be merged all
 * at once; here they come one after the other.
 */
const CASES: readonly (readonly [string, readonly Addition[]])[] = [
  [
    'testIncrementalMerging',
    [
      { add: [0, 4], result: [0, 4], content: [[0, 4]] },
      { add: [0, 4], result: [0, 4], content: [[0, 4]] },
      { add: [3, 5], result: [0, 5], merged: [[0, 4]], content: [[0, 4]] },
      { add: [4, 6], result: [0, 6], merged: [[0, 5]], content: [[0, 4]] },
      { add: [1, 4], result: [0, 6], content: [[0, 4]] },
      { add: [0, 4], result: [0, 6], content: [[0, 4]] },
      { add: [3, 5], result: [0, 6], content: [[0, 4]] },
      { add: [4, 6], result: [0, 6], content: [[0, 4]] },
      { add: [11, 14], result: [11, 14], content: [[11, 14]] },
      { add: [10, 13], result: [10, 14], merged: [[11, 14]], content: [[11, 14]] },
      { add: [12, 15], result: [10, 15], merged: [[10, 14]], content: [[11, 14]] },
      { add: [11, 14], result: [10, 15], content: [[11, 14]] },
    ],
  ],
  [
    'testLateMerging',
    [
      { add: [0, 3], result: [0, 3], content: [[0, 3]] },
      { add: [5, 8], result: [5, 8], content: [[5, 8]] },
      { add: [10, 13], result: [10, 13], content: [[10, 13]] },
      {
        add: [8, 10],
        result: [5, 13],
        merged: [
          [5, 8],
          [10, 13],
        ],
        content: [
          [5, 8],
          [10, 13],
        ],
      },
      {
        add: [8, 10],
        result: [5, 13],
        content: [
          [5, 8],
          [10, 13],
        ],
      },
      {
        add: [3, 5],
        result: [0, 13],
        merged: [
          [0, 3],
          [5, 13],
        ],
        content: [
          [0, 3],
          [5, 8],
          [10, 13],
        ],
      },
    ],
  ],
  [
    'testMergeLargeWindowCoveringSingleWindow',
    [
      { add: [1, 2], result: [1, 2], content: [[1, 2]] },
      { add: [0, 3], result: [0, 3], merged: [[1, 2]], content: [[1, 2]] },
    ],
  ],
  [
    'testAddingIdenticalWindows',
    [
      { add: [1, 2], result: [1, 2], content: [[1, 2]] },
      { add: [1, 2], result: [1, 2], content: [[1, 2]] },
    ],
  ],
  [
    'testMergeLargeWindowCoveringMultipleWindows',
    [
      { add: [1, 3], result: [1, 3], content: [[1, 3]] },
      { add: [5, 8], result: [5, 8], content: [[5, 8]] },
      { add: [10, 13], result: [10, 13], content: [[10, 13]] },
      {
        add: [0, 13],
        result: [0, 13],
        merged: [
          [1, 3],
          [5, 8],
          [10, 13],
        ],
        content: [
          [1, 3],
          [5, 8],
          [10, 13],
        ],
      },
    ],
  ],
  [
    'EventTimeSessionWindowsTest.testMergeConsecutiveWindows',
    [
      { add: [0, 1], result: [0, 1], content: [[0, 1]] },
      { add: [1, 2], result: [0, 2], merged: [[0, 1]], content: [[0, 1]] },
      { add: [2, 3], result: [0, 3], merged: [[0, 2]], content: [[0, 1]] },
      { add: [4, 5], result: [4, 5], content: [[4, 5]] },
      { add: [5, 6], result: [4, 6], merged: [[4, 5]], content: [[4, 5]] },
    ],
  ],
  [
    'EventTimeSessionWindowsTest.testMergeCoveringWindow',
    [
      { add: [1, 1], result: [1, 1], content: [[1, 1]] },
      { add: [0, 2], result: [0, 2], merged: [[1, 1]], content: [[1, 1]] },
      { add: [4, 7], result: [4, 7], content: [[4, 7]] },
      { add: [5, 6], result: [4, 7], content: [[4, 7]] },
    ],
  ],
];

const boundsOf = ({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }): Bounds => [
  startMs,
  endMs,
];

describe.each(CASES)('Flink: %s', (_name, additions) => {
  it('is how sessions are placed', () => {
    const set: SessionSet<Bounds> = { sessions: [], nextId: Number.NEGATIVE_INFINITY };
    const ids = new Set<number>();
    for (const { add, result, merged = [], content } of additions) {
      const placement = placeSession(set, ...add);
      const { session } = placement;
      if (!set.sessions.includes(session)) {
        adoptSession(set, placement);
        expect(ids).not.toContain(session.id);
        ids.add(session.id);
      }
      session.content ??= add;
      expect(boundsOf(session)).toEqual(result);
      expect(placement.merged.map(boundsOf)).toEqual(merged);
      expect(content).toContainEqual(session.content);
    }
  });
});
