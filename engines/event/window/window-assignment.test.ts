import { expect, it } from 'vitest';
import type { WindowSpecification } from '../../pipeline/index.ts';
import { element, runWindow } from './testing/run-window.ts';

const tumbling = (sizeMs: number, offsetMs = 0): WindowSpecification => ({
  type: 'tumbling',
  sizeMs,
  offsetMs,
});
const sliding = (sizeMs: number, slideMs: number, offsetMs = 0): WindowSpecification => ({
  type: 'sliding',
  sizeMs,
  slideMs,
  offsetMs,
});

/**
 * Time of an element, and the starts of its windows: inputs and expectations of TumblingEventTimeWindowsTest.java, SlidingEventTimeWindowsTest.java
 * and EventTimeSessionWindowsTest.java in flink-runtime/src/test/java/org/apache/flink/streaming/runtime/operators/windowing of apache/flink
 * (Apache License 2.0); the last two are not Flink's.
 */
const CASES: readonly (readonly [WindowSpecification, number, readonly number[]])[] = [
  [tumbling(5000), 0, [0]],
  [tumbling(5000), 4999, [0]],
  [tumbling(5000), 5000, [5000]],
  [tumbling(5000, 100), 100, [100]],
  [tumbling(5000, 100), 5099, [100]],
  [tumbling(5000, 100), 5100, [5100]],
  [tumbling(5000, -100), 0, [-100]],
  [tumbling(5000, -100), 4899, [-100]],
  [tumbling(5000, -100), 4900, [4900]],
  [tumbling(5000, 1000), 5999, [1000]],
  [tumbling(5000, 1000), 6000, [6000]],
  [sliding(5000, 1000), 0, [-4000, -3000, -2000, -1000, 0]],
  [sliding(5000, 1000), 4999, [0, 1000, 2000, 3000, 4000]],
  [sliding(5000, 1000), 5000, [1000, 2000, 3000, 4000, 5000]],
  [sliding(5000, 1000, 100), 100, [-3900, -2900, -1900, -900, 100]],
  [sliding(5000, 1000, 100), 5099, [100, 1100, 2100, 3100, 4100]],
  [sliding(5000, 1000, 100), 5100, [1100, 2100, 3100, 4100, 5100]],
  [sliding(5000, 1000, -100), 0, [-4100, -3100, -2100, -1100, -100]],
  [sliding(5000, 1000, -100), 4899, [-100, 900, 1900, 2900, 3900]],
  [sliding(5000, 1000, -100), 4900, [900, 1900, 2900, 3900, 4900]],
  [sliding(5000, 1000, 500), 100, [-4500, -3500, -2500, -1500, -500]],
  [sliding(5000, 1000, 500), 5499, [500, 1500, 2500, 3500, 4500]],
  [sliding(5000, 1000, 500), 5100, [500, 1500, 2500, 3500, 4500]],
  [{ type: 'session', gapMs: 5000 }, 0, [0]],
  [{ type: 'session', gapMs: 5000 }, 4999, [4999]],
  [{ type: 'session', gapMs: 5000 }, 5000, [5000]],
  [sliding(10, 25), 24, []],
  [sliding(10, 4), 9, [0, 4, 8]],
];

it.each(CASES)('%o: an element at %i is in the windows from %o', async (window, timestampMs, starts) => {
  const steps = [element('key', 1, timestampMs), { watermarkMs: Number.POSITIVE_INFINITY }];
  for (const windows of ['shared', 'separate'] as const) {
    const emissions = (await runWindow({ node: { window }, windows }, steps)).flat();
    expect(emissions.map((each) => each.kind === 'result' && each.row.windowStartMs)).toEqual(starts);
  }
});
