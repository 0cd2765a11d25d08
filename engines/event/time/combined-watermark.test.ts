import { expect, test } from 'vitest';
import { CombinedWatermark } from './index.ts';

/** What comes out of two inputs: a number is a watermark of the input before it. */
function combine(...given: readonly (readonly [input: 0 | 1, told: number | 'idle' | 'active'])[]): number[] {
  const out: number[] = [];
  const combined = new CombinedWatermark(2, (watermarkMs) => out.push(watermarkMs));
  for (const [input, told] of given) {
    if (typeof told === 'number') combined.watermark(input, told);
    else combined.status(input, told);
  }
  return out;
}

// The rules of Flink's flink-core/src/main/java/org/apache/flink/api/common/eventtime/CombinedWatermarkStatus.java.
test.each([
  ['the lesser of both counts', combine([0, 10], [1, 4], [1, 12], [0, 11]), [4, 10, 11]],
  ['nothing before both have told', combine([0, 10], [0, 20]), []],
  ['an idle input does not hold the other back', combine([0, 10], [1, 'idle'], [0, 20]), [10, 20]],
  ['nothing goes back when it is active again', combine([0, 10], [1, 'idle'], [1, 'active'], [1, 5]), [10]],
  ['it counts again with its next watermark', combine([0, 10], [1, 'idle'], [1, 15], [0, 20]), [10, 15]],
  ['while all are idle nothing advances', combine([0, 10], [1, 4], [0, 'idle'], [1, 'idle']), [4]],
  ['the end of both is the end', combine([0, Infinity], [1, 4], [1, Infinity]), [4, Infinity]],
])('%s', (_rule, out, expected) => expect(out).toEqual(expected));
