import type { RecordedProfile, Timing } from './profile.ts';

/** Records behind the last recorded one, such as sentinels, are due with it, and are not counted. */
export function recordedTiming({ dueUs, speed }: RecordedProfile): Timing {
  const last = dueUs.length - 1;
  const nsPerUs = 1_000 / speed;
  const dueNs = (sequence: number): number => (dueUs[Math.min(sequence, last)] as number) * nsPerUs;
  return {
    dueNs,
    countBefore: (elapsedNs) => {
      let low = 0;
      let high = dueUs.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (dueNs(middle) < elapsedNs) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}
