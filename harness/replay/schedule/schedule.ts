import { burstTiming } from './burst.ts';
import { constantTiming } from './constant.ts';
import type { Schedule, ScheduleProfile, Timing } from './profile.ts';
import { rampTiming } from './ramp.ts';
import { recordedTiming } from './recorded.ts';
import { requireFeasible } from './require-feasible.ts';

/** Record `sequence` is due `sequence / ratePerSecond` after the start. @throws REPLAY_RATE_IMPOSSIBLE */
export function constantRate(ratePerSecond: number): Schedule {
  return scheduleOf({ kind: 'constant', ratePerSecond });
}

/** @throws REPLAY_RATE_IMPOSSIBLE or REPLAY_SCHEDULE_INVALID for a profile that cannot be followed to the end of any log */
export function scheduleOf(profile: ScheduleProfile): Schedule {
  requireFeasible(profile);
  return { profile, ...timingOf(profile), describe: () => describeProfile(profile) };
}

function timingOf(profile: ScheduleProfile): Timing {
  switch (profile.kind) {
    case 'constant':
      return constantTiming(profile);
    case 'ramp':
      return rampTiming(profile);
    case 'burst':
      return burstTiming(profile);
    case 'recorded':
      return recordedTiming(profile);
    default:
      return profile satisfies never;
  }
}

function describeProfile(profile: ScheduleProfile): Record<string, string | number> {
  if (profile.kind !== 'recorded') return { ...profile };
  const { kind, dueUs, speed } = profile;
  return { kind, speed, records: dueUs.length, spanMs: (dueUs.at(-1) ?? 0) / 1_000 / speed };
}
