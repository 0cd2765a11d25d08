import { countBefore } from './count-before.ts';
import type { RampProfile, Timing } from './profile.ts';

/**
 * With rate(t) = a + 2ct, n(t) = at + ct² records are due by t; solved for t in the form that stays exact for small c and for falling
 * rates: t = 2n / (a + √(a² + 4cn)).
 */
export function rampTiming({ fromPerSecond, toPerSecond, durationMs }: RampProfile): Timing {
  const rampS = durationMs / 1_000;
  const halfSlope = (toPerSecond - fromPerSecond) / (2 * rampS);
  const onRamp = ((fromPerSecond + toPerSecond) / 2) * rampS;
  const dueNs = (sequence: number): number => {
    if (sequence === 0) return 0;
    if (sequence >= onRamp) return (rampS + (sequence - onRamp) / toPerSecond) * 1e9;
    const root = Math.sqrt(Math.max(0, fromPerSecond * fromPerSecond + 4 * halfSlope * sequence));
    return Math.min(rampS, (2 * sequence) / (fromPerSecond + root)) * 1e9;
  };
  const estimate = (elapsedNs: number): number => {
    const elapsedS = elapsedNs / 1e9;
    if (elapsedS >= rampS) return onRamp + (elapsedS - rampS) * toPerSecond;
    return (fromPerSecond + halfSlope * elapsedS) * elapsedS;
  };
  return { dueNs, countBefore: (elapsedNs) => countBefore(dueNs, elapsedNs, estimate) };
}
