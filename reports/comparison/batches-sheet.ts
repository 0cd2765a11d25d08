import type { RunBatches } from '../model/index.ts';
import { significant, whole } from '../numbers/index.ts';
import type { Group } from './group.ts';
import type { Sheet } from './sheet.ts';

/** Of one series. */
export interface SeenBatches {
  readonly name: string;
  readonly batches: RunBatches;
}

/** What the batches of a run were like, and how many took longer than the trigger's interval. */
export function batchesSheet(group: Group, seen: readonly SeenBatches[]): Sheet {
  return {
    title: `${group.workload}, ${group.guarantee}: batches of a run`,
    caption:
      "Of the same run, as the engine told of each batch in Spark's StreamingQueryProgress; the newest ten stand in the result. Behind: batches that took longer than the trigger's interval. Late: rows dropped by the watermark, as Spark counts them.",
    headers: [
      'engine',
      'batches',
      'without input',
      'behind',
      'rows in',
      'rows out',
      'mean, ms',
      'longest, ms',
      'state rows',
      'late',
    ],
    rows: seen.map(({ name, batches }) => [
      name,
      whole(batches.batches),
      whole(batches.withoutInput),
      whole(batches.fellBehind),
      whole(batches.inputRows),
      whole(batches.outputRows),
      significant(batches.meanMs),
      significant(batches.longestMs),
      batches.stateRows === null ? '–' : whole(batches.stateRows),
      whole(batches.rowsDroppedByWatermark),
    ]),
  };
}
