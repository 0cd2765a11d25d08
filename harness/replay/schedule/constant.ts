import { countBefore } from './count-before.ts';
import type { ConstantProfile, Timing } from './profile.ts';

const NS_PER_SECOND = 1e9;

/** Record n is due n / rate after the start. */
export function constantTiming({ ratePerSecond }: ConstantProfile): Timing {
  const dueNs = (sequence: number): number => (sequence * NS_PER_SECOND) / ratePerSecond;
  const estimate = (elapsedNs: number): number => (elapsedNs * ratePerSecond) / NS_PER_SECOND;
  return { dueNs, countBefore: (elapsedNs) => countBefore(dueNs, elapsedNs, estimate) };
}
