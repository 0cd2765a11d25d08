import { cleanText } from '../markup/index.ts';
import type { Floor } from '../model/index.ts';
import { significant, withUnit } from '../numbers/index.ts';

/** Whether a floor's figures may be shown: a floor is refused by the same rules as a run. */
export function isSound(floor: Floor): boolean {
  return floor.remarks.every(({ level }) => level !== 'invalid');
}

/** What the driver alone does at a floor's rate, for the line beside a table. */
export function floorSentence(floor: Floor): string {
  if (!isSound(floor)) {
    const codes = floor.remarks.filter(({ level }) => level === 'invalid').map(({ code }) => code);
    return cleanText(
      `floor at ${significant(floor.offeredRatePerSecond)}/s: refused as invalid (${codes.join(', ')})`,
    );
  }
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
