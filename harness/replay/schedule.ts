import { replayErrors } from './errors.ts';

/** A schedule as plain data, for reports and for the replay thread. */
export type ScheduleProfile = { readonly kind: 'constant'; readonly ratePerSecond: number };

/** When each record is due: a pure function of its sequence number. */
export interface Schedule {
  readonly profile: ScheduleProfile;
  /** Nanoseconds from the start; never decreases with the sequence number. */
  dueNs(sequence: number): number;
}

const NS_PER_SECOND = 1e9;

/** Record `sequence` is due `sequence / rate` after the start. */
export function constantRate(ratePerSecond: number): Schedule {
  return scheduleOf({ kind: 'constant', ratePerSecond });
}

/** @throws REPLAY_RATE_IMPOSSIBLE */
export function scheduleOf(profile: ScheduleProfile): Schedule {
  switch (profile.kind) {
    case 'constant': {
      const { ratePerSecond } = profile;
      if (!(ratePerSecond > 0 && ratePerSecond <= NS_PER_SECOND)) {
        throw replayErrors.error('REPLAY_RATE_IMPOSSIBLE', { ratePerSecond });
      }
      return { profile, dueNs: (sequence) => (sequence * NS_PER_SECOND) / ratePerSecond };
    }
    default:
      return profile.kind satisfies never;
  }
}
