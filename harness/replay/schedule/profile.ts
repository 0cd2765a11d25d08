/** A schedule as plain data, for reports and for the replay's threads. Durations in milliseconds, rates in records a second. */
export type ScheduleProfile = ConstantProfile | RampProfile | BurstProfile | RecordedProfile;

export interface ConstantProfile {
  readonly kind: 'constant';
  readonly ratePerSecond: number;
}

/** The rate changes linearly from one to the other, then stays. */
export interface RampProfile {
  readonly kind: 'ramp';
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  readonly durationMs: number;
}

/** Each period starts with the base rate and ends with `burstMs` of the other one. */
export interface BurstProfile {
  readonly kind: 'burst';
  readonly basePerSecond: number;
  readonly burstPerSecond: number;
  readonly periodMs: number;
  readonly burstMs: number;
}

/** The instants at which the records came when they were recorded. */
export interface RecordedProfile {
  readonly kind: 'recorded';
  /** Over shared memory; microseconds from the first record, so from 0, and never decreasing. */
  readonly dueUs: Float64Array;
  /** 2 replays in half the time. */
  readonly speed: number;
}

/** When each record is due: a pure function of its sequence number. */
export interface Schedule {
  readonly profile: ScheduleProfile;
  /** Nanoseconds from the start; 0 for record 0, and never decreasing with the sequence number. */
  dueNs(sequence: number): number;
  /** The inverse: how many records are due before the instant, nanoseconds from the start. Recorded profiles know those recorded. */
  countBefore(elapsedNs: number): number;
  /** Kind and numbers of the profile, for the result. */
  describe(): Record<string, string | number>;
}

/** What the kinds of schedules differ in. */
export type Timing = Pick<Schedule, 'dueNs' | 'countBefore'>;
