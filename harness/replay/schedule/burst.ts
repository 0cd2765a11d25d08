import { countBefore } from './count-before.ts';
import type { BurstProfile, Timing } from './profile.ts';

/** Whole periods are counted, never added up, so that no error grows with the sequence number. */
export function burstTiming({ basePerSecond, burstPerSecond, periodMs, burstMs }: BurstProfile): Timing {
  const periodS = periodMs / 1_000;
  const quietS = (periodMs - burstMs) / 1_000;
  const perQuiet = basePerSecond * quietS;
  const perPeriod = perQuiet + burstPerSecond * (periodS - quietS);
  const dueNs = (sequence: number): number => {
    const period = Math.floor(sequence / perPeriod);
    const rest = Math.max(0, sequence - period * perPeriod);
    const isQuiet = rest <= perQuiet;
    // Record 0 of a period opens it, also when nothing else comes before its burst.
    const withinS =
      rest === 0 ? 0 : isQuiet ? rest / basePerSecond : quietS + (rest - perQuiet) / burstPerSecond;
    return (period * periodS + Math.min(isQuiet ? quietS : periodS, withinS)) * 1e9;
  };
  const estimate = (elapsedNs: number): number => {
    const elapsedS = elapsedNs / 1e9;
    const period = Math.floor(elapsedS / periodS);
    const restS = elapsedS - period * periodS;
    const within = restS <= quietS ? restS * basePerSecond : perQuiet + (restS - quietS) * burstPerSecond;
    return period * perPeriod + within;
  };
  return { dueNs, countBefore: (elapsedNs) => countBefore(dueNs, elapsedNs, estimate) };
}
