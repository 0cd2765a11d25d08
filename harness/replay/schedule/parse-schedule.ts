import { replayErrors } from '../errors.ts';
import type { ScheduleProfile } from './profile.ts';
import { requireFeasible } from './require-feasible.ts';

const NUMBER = '(\\d+(?:\\.\\d+)?)';
const DURATION = `${NUMBER}(ms|s|m)`;
const CONSTANT = new RegExp(`^constant:${NUMBER}$`);
const RAMP = new RegExp(`^ramp:${NUMBER}-${NUMBER}/${DURATION}$`);
const BURST = new RegExp(`^burst:${NUMBER}-${NUMBER}/${DURATION}/${DURATION}$`);

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

/**
 * Reads a schedule as it is given on the command line: `constant:5000` (records a second), `ramp:1000-20000/30s`
 * (from, to, duration) or `burst:5000-20000/10s/1s` (base, burst, period, length of a burst). Durations in ms, s or m.
 *
 * @throws REPLAY_SCHEDULE_INVALID, REPLAY_RATE_IMPOSSIBLE
 */
export function parseSchedule(text: string): ScheduleProfile {
  const profile = readConstant(text) ?? readRamp(text) ?? readBurst(text);
  if (profile === undefined) {
    const details = { schedule: JSON.stringify(text), problem: 'it is not written as a schedule' };
    throw replayErrors.error('REPLAY_SCHEDULE_INVALID', details);
  }
  requireFeasible(profile);
  return profile;
}

function readConstant(text: string): ScheduleProfile | undefined {
  const [, rate] = CONSTANT.exec(text) ?? [];
  return rate === undefined ? undefined : { kind: 'constant', ratePerSecond: Number(rate) };
}

function readRamp(text: string): ScheduleProfile | undefined {
  const found = RAMP.exec(text);
  if (found === null) return undefined;
  const [, from, to, length, unit] = found;
  return {
    kind: 'ramp',
    fromPerSecond: Number(from),
    toPerSecond: Number(to),
    durationMs: milliseconds(length, unit),
  };
}

function readBurst(text: string): ScheduleProfile | undefined {
  const found = BURST.exec(text);
  if (found === null) return undefined;
  const [, base, burst, period, periodUnit, length, lengthUnit] = found;
  return {
    kind: 'burst',
    basePerSecond: Number(base),
    burstPerSecond: Number(burst),
    periodMs: milliseconds(period, periodUnit),
    burstMs: milliseconds(length, lengthUnit),
  };
}

const milliseconds = (count: string | undefined, unit = ''): number => Number(count) * (UNIT_MS[unit] ?? 0);
