import type { RowStep } from '../job-plan.ts';
import { RowSteps } from '../row-steps.ts';
import { runningSum } from './dataflows.ts';
import { DecodedRows } from './decoded-input.ts';

const ROWS = 1_000_000;

/** CPU time, in microseconds, that a row takes through so many of the stateless operators of `runningSum`, as the source fuses them. */
export function fusedChainCpuUs(operators: number): number {
  const chain = runningSum({ chained: operators }).nodes.filter(
    (node): node is RowStep => node.kind === 'map' || node.kind === 'filter',
  );
  const rows = new DecodedRows(1_000);
  const steps = new RowSteps(chain);
  let total = 0;
  const before = process.threadCpuUsage();
  for (let row = 0; row < ROWS; row++) {
    if (steps.pass(rows.row())) total += steps.row.amount as number;
  }
  const { user, system } = process.threadCpuUsage(before);
  if (total === 0) throw new Error('No row passed');
  return (user + system) / ROWS;
}
