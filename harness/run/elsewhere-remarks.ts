import type { Remark } from '../../reports/model/index.ts';
import { validityRemark } from '../verify/index.ts';
import type { RunContext } from './context.ts';
import type { CellPlan } from './plan.ts';

/** `RUN_ENGINE_ELSEWHERE` where the engine of a cell runs on a cluster. */
export function elsewhereRemarks(
  { elsewhere }: Pick<RunContext, 'elsewhere'>,
  { engine }: Pick<CellPlan, 'engine'>,
): Remark[] {
  return elsewhere.has(engine) ? [validityRemark('RUN_ENGINE_ELSEWHERE', {})] : [];
}
