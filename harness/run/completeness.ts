import { setTimeout as delay } from 'node:timers/promises';
import type { RunningPipeline } from '../../engines/pipeline/index.ts';
import type { Observer } from '../observe/index.ts';

const CHECK_INTERVAL_MS = 50;

/** Waits until every expected output has been seen, or until nothing new has come for `stallLimitMs`. */
export async function untilComplete(
  observer: Observer,
  stallLimitMs: number,
  ended: Promise<never>,
): Promise<void> {
  let covered = -1;
  await untilQuiet(stallLimitMs, ended, () => {
    const tally = observer.tally();
    if (!tally) return 'waiting';
    const { samples, lateRecords, deadLetters } = tally.missing;
    if (samples + lateRecords + deadLetters === 0) return 'done';
    if (tally.outputs === covered) return 'waiting';
    covered = tally.outputs;
    return 'moving';
  });
}

/** Waits until the pipeline says that all input is covered by committed outputs, or stands still for `stallLimitMs`. */
export async function untilDrained(
  running: RunningPipeline,
  endOffsets: readonly number[],
  stallLimitMs: number,
  ended: Promise<never>,
): Promise<void> {
  let before = -1;
  await untilQuiet(stallLimitMs, ended, () => {
    const { committedPositions } = running.progress();
    if (endOffsets.every((end, partition) => (committedPositions[partition] ?? 0) >= end)) return 'done';
    const sum = committedPositions.reduce((total, position) => total + position, 0);
    if (sum === before) return 'waiting';
    before = sum;
    return 'moving';
  });
}

async function untilQuiet(
  limitMs: number,
  ended: Promise<never>,
  look: () => 'done' | 'moving' | 'waiting',
): Promise<void> {
  let quietMs = 0;
  while (quietMs < limitMs) {
    const seen = look();
    if (seen === 'done') return;
    quietMs = seen === 'moving' ? 0 : quietMs + CHECK_INTERVAL_MS;
    await Promise.race([delay(CHECK_INTERVAL_MS), ended]);
  }
}
