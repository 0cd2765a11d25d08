import type { ReplayProgress, Scheduling, ThreadReport } from './protocol.ts';
import type { Schedule } from './schedule/index.ts';

/** What a finished replay did. `sent`, `acknowledged` and `stored` must be equal, or the run is void. */
export interface StoredReport extends ReplayProgress {
  /** Records that the topic gained, by its end offsets. */
  readonly stored: number;
  /** Last acknowledgement, microseconds from the start. */
  readonly acknowledgedUs: number;
}

export interface ReplayReport extends StoredReport {
  /** Records sent before the release; all, where there was none. */
  readonly onSchedule: number;
  /**
   * Of these records, by acknowledgements: their number over the longer of their span in the schedule and the instant at which the
   * last of them was acknowledged. 0 where there are none.
   */
  readonly achievedRatePerSecond: number;
  /** Longest time for which sent records waited and no acknowledgement came. */
  readonly longestUnacknowledgedMs: number;
  /** Class that the operating system granted the generator's threads: real-time if it was granted to all. */
  readonly scheduling: Scheduling;
  readonly producers: number;
  /** Actual send of each record, microseconds from the start of the schedule: for the lag and the uncorrected latency. */
  readonly sentUs: Float64Array;
}

/** What the threads did together. */
export function storedReport(threads: readonly ThreadReport[]): StoredReport {
  return {
    sent: sum(threads.map(({ sent }) => sent)),
    acknowledged: sum(threads.map(({ acknowledged }) => acknowledged)),
    stored: sum(threads.map(({ stored }) => stored)),
    acknowledgedUs: Math.max(...threads.map(({ acknowledgedUs }) => acknowledgedUs)),
  };
}

/** @param sentUs as all threads filled it */
export function replayReport(
  threads: readonly ThreadReport[],
  schedule: Schedule,
  sentUs: Float64Array,
): ReplayReport {
  const onSchedule = sum(threads.map((thread) => thread.onSchedule));
  const acknowledgedUs = Math.max(
    ...threads
      .filter((thread) => thread.onSchedule > 0)
      .map(({ onScheduleAcknowledgedUs }) => onScheduleAcknowledgedUs),
  );
  const spanNs = Math.max(schedule.dueNs(onSchedule), acknowledgedUs * 1_000);
  return {
    ...storedReport(threads),
    onSchedule,
    achievedRatePerSecond: onSchedule === 0 ? 0 : (onSchedule * 1e9) / spanNs,
    longestUnacknowledgedMs: Math.max(...threads.map((thread) => thread.longestUnacknowledgedMs)),
    scheduling: threads.every(({ scheduling }) => scheduling === 'real-time') ? 'real-time' : 'normal',
    producers: threads.length,
    sentUs,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
