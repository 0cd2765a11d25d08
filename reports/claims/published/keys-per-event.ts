import { z } from 'zod';
import { measuredRuns } from '../../comparison/index.ts';
import type { Cell } from '../../model/index.ts';

/** What Spark's words for a batch tell of keys and records. */
const batchSchema = z.object({
  numInputRows: z.number(),
  stateOperators: z.array(z.object({ numRowsUpdated: z.number() })),
});

/** Keys that batches of drains read and wrote, per record that they took; null where no batch tells. */
export function keysPerEvent(cells: readonly Cell[]): number | null {
  let rows = 0;
  let keys = 0;
  for (const run of cells.flatMap((cell) => measuredRuns(cell, 'drain'))) {
    for (const newest of run.batches?.newest ?? []) {
      const batch = batchSchema.safeParse(newest).data;
      if (batch === undefined) continue;
      rows += batch.numInputRows;
      for (const { numRowsUpdated } of batch.stateOperators) keys += numRowsUpdated;
    }
  }
  return rows === 0 ? null : keys / rows;
}
