import type { Floor } from '../../reports/model/index.ts';

/** Records a second as a share of what passes with no engine; null where that was not measured for the workload. */
export function ceilingShareOf(
  floors: readonly Floor[],
  workload: string,
  recordsPerSecond: number,
): number | null {
  const ceilings = floors
    .filter((floor) => floor.workload === workload)
    .map((floor) => floor.ceilingPerSecond);
  const ceiling = ceilings.find((perSecond) => perSecond !== null);
  return ceiling == null ? null : recordsPerSecond / ceiling;
}
