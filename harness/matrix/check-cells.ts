import { loadWorkload } from '../../workloads/index.ts';
import {
  type CellPlan,
  type Clusters,
  pipelineNamed,
  pipelinesOn,
  requireRunnable,
  SUSTAIN_DEFAULTS,
} from '../run/index.ts';
import { matrixErrors } from './errors.ts';

const PROBE_EVENTS = 10_000;

/**
 * Refuses now what would fail hours later.
 *
 * @param path of the matrix file, for messages
 * @throws MATRIX_FILE_INVALID for a target that an engine lacks or a search that starts outside its range, and what a workload says of its
 * log's knobs; and what `requireRunnable` throws
 */
export async function checkCells(
  cells: readonly CellPlan[],
  path: string,
  clusters: Clusters,
): Promise<void> {
  for (const cell of cells) {
    const problem = problemOf(cell, clusters);
    if (problem) throw matrixErrors.error('MATRIX_FILE_INVALID', { path, ...problem });
  }
  await requireRunnable(cells, clusters);
  // A short log of each kind tells what is impossible of its knobs; too short a one would leave partitions empty that a run fills.
  const logs = new Map(cells.map((cell) => [JSON.stringify([cell.workload, cell.log]), cell]));
  for (const { workload, log, seed } of logs.values()) {
    (await loadWorkload(workload)).generate({ ...log, workload, seed, events: PROBE_EVENTS });
  }
}

function problemOf(cell: CellPlan, clusters: Clusters): { place: string; reason: string } | undefined {
  const { engine, measures, faultTarget, sustain = SUSTAIN_DEFAULTS } = cell;
  const canFail =
    faultTarget === 'process' ||
    pipelineNamed(engine, pipelinesOn(clusters)).capabilities.has('slot-failure');
  if (measures.includes('recovery') && !canFail) {
    return { place: 'faultTarget', reason: `the ${engine} engine has no slots that fail alone` };
  }
  const { lowest, from, highest } = sustain;
  if (from < lowest || from > highest) {
    const reason = `the first rate, ${from}, does not lie from the lowest, ${lowest}, to the highest, ${highest}`;
    return { place: 'sustain', reason };
  }
  return undefined;
}
