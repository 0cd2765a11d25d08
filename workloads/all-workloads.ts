import { workloadName } from './log/index.ts';
import { loginTrackerWorkload } from './login-tracker/index.ts';
import { merchantSpendWorkload } from './merchant-spend/index.ts';
import { regionalRevenueWorkload } from './regional-revenue/index.ts';
import type { Workload } from './workload.ts';

export const ALL_WORKLOADS: readonly Workload[] = [
  merchantSpendWorkload,
  loginTrackerWorkload,
  regionalRevenueWorkload,
];

/**
 * @param name one of WORKLOAD_NAMES, from outside
 * @throws WORKLOAD_UNKNOWN
 */
export function getWorkload(name: string): Workload {
  const wanted = workloadName(name);
  return ALL_WORKLOADS.find((workload) => workload.name === wanted) as Workload;
}

/**
 * A workload by its reference: the name of a built-in one.
 *
 * @throws WORKLOAD_UNKNOWN
 */
export async function loadWorkload(reference: string): Promise<Workload> {
  return getWorkload(reference);
}
