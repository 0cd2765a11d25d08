import type { Kill, Remark } from '../../reports/model/index.ts';
import { validityRemark } from '../verify/index.ts';

/** Phases of a recovery may miss its total by so much, milliseconds. */
const LIMIT_MS = 50;

/** `RUN_PHASES_DO_NOT_ADD_UP` when the phases of any recovery miss the total that the observer measured. */
export function phaseRemarks(kills: readonly Pick<Kill, 'phaseSumErrorMs'>[]): Remark[] {
  const worstMs = Math.max(0, ...kills.map(({ phaseSumErrorMs }) => Math.abs(phaseSumErrorMs ?? 0)));
  if (worstMs <= LIMIT_MS) return [];
  return [validityRemark('RUN_PHASES_DO_NOT_ADD_UP', { errorMs: Math.round(worstMs), limitMs: LIMIT_MS })];
}
