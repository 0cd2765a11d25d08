import { replayErrors } from '../errors.ts';
import type { RecordedProfile, ScheduleProfile } from './profile.ts';

const HIGHEST_PER_SECOND = 1e9;

/** @throws REPLAY_RATE_IMPOSSIBLE, REPLAY_SCHEDULE_INVALID */
export function requireFeasible(profile: ScheduleProfile): void {
  switch (profile.kind) {
    case 'constant':
      requireRate(profile.ratePerSecond);
      return;
    case 'ramp':
      // A rate of 0 may begin a ramp, not end it: what is left of the log would never be due.
      if (profile.fromPerSecond !== 0) requireRate(profile.fromPerSecond);
      requireRate(profile.toPerSecond);
      if (!isDuration(profile.durationMs)) throw invalid('ramp', 'its duration is not above 0');
      return;
    case 'burst':
      if (profile.basePerSecond !== 0) requireRate(profile.basePerSecond);
      requireRate(profile.burstPerSecond);
      if (!isDuration(profile.burstMs)) throw invalid('burst', 'the length of its bursts is not above 0');
      if (!isDuration(profile.periodMs) || profile.burstMs >= profile.periodMs) {
        throw invalid('burst', 'its bursts are not shorter than its period');
      }
      return;
    case 'recorded':
      requireInstants(profile);
      return;
    default:
      profile satisfies never;
  }
}

function requireRate(ratePerSecond: number): void {
  if (!(ratePerSecond > 0 && ratePerSecond <= HIGHEST_PER_SECOND)) {
    throw replayErrors.error('REPLAY_RATE_IMPOSSIBLE', { ratePerSecond });
  }
}

function requireInstants({ dueUs, speed }: RecordedProfile): void {
  if (!(speed > 0 && Number.isFinite(speed))) throw invalid('recorded', 'its speed is not above 0');
  if (dueUs[0] !== 0) throw invalid('recorded', 'its first instant is not 0');
  for (let sequence = 1; sequence < dueUs.length; sequence += 1) {
    if (!((dueUs[sequence] as number) >= (dueUs[sequence - 1] as number))) {
      throw invalid('recorded', `its instant ${sequence} lies before the one ahead of it`);
    }
  }
  if (!Number.isFinite(dueUs.at(-1))) throw invalid('recorded', 'its last instant is never reached');
}

const isDuration = (milliseconds: number): boolean => milliseconds > 0 && Number.isFinite(milliseconds);

const invalid = (schedule: string, problem: string): Error =>
  replayErrors.error('REPLAY_SCHEDULE_INVALID', { schedule, problem });
