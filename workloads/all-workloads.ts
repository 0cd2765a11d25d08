import { isModulePath, workloadName } from './log/index.ts';
import { loginTrackerWorkload } from './login-tracker/index.ts';
import { merchantSpendWorkload } from './merchant-spend/index.ts';
import { loadOwnWorkload } from './own-workload.ts';
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
 * A workload by its reference: the name of a built-in one, or the path of a module that exports `workload: OwnWorkload` (`./x.ts`, `/x.ts`,
 * a folder with an index.ts, a file: URL). A relative path starts at the current directory, which all threads of a process share.
 *
 * @throws WORKLOAD_UNKNOWN, WORKLOAD_MODULE_UNREADABLE or WORKLOAD_MODULE_INVALID
 */
export async function loadWorkload(reference: string): Promise<Workload> {
  return isModulePath(reference) ? await loadOwnWorkload(reference) : getWorkload(reference);
}
