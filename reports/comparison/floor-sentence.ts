import type { Floor } from '../model/index.ts';
import { significant, withUnit } from '../numbers/index.ts';

/** What the driver alone does at a floor's rate, for the line beside a table. */
export function floorSentence(floor: Floor): string {
  const { latency, generatorLag, ceilingPerSecond, offeredRatePerSecond } = floor;
  const parts = [
    latency.p50 === null ? null : `p50 ${withUnit('us', latency.p50)}`,
    latency.p99 === null ? null : `p99 ${withUnit('us', latency.p99)}`,
    latency.p999 === null ? null : `p99.9 ${withUnit('us', latency.p999)}`,
    ceilingPerSecond === null ? null : `ceiling ${withUnit('events/s', ceilingPerSecond)}`,
  ].filter((part) => part !== null);
  const lag = generatorLag.p99 === null ? '' : `; lag p99 ${withUnit('us', generatorLag.p99)}`;
  return `floor at ${significant(offeredRatePerSecond)}/s: generator + broker + observer alone: ${parts.join(', ') || 'too few samples'}${lag}`;
}
