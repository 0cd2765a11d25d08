import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The first numbers of near-by seeds resemble each other. */
const DISCARDED = 16;

/** The index-th number in [0, 1) of the stream of a seed. */
export function uniformFloat64(seed: number, index: number): number {
  const generator = xoroshiro128plus(seed);
  for (let skipped = 0; skipped < DISCARDED + index; skipped += 1) generator.next();
  return (generator.next() >>> 0) / 2 ** 32;
}
