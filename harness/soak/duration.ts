import { type CellPlan, cycleMsOf, paceOf, pipelineNamed } from '../run/index.ts';

/** Between two kills beside recovery and cycle, by experience. */
const LIKELY_WAIT_MS = 500;

/** How long the kills of a cell are likely to take, milliseconds: its log should last as long on the schedule. */
export function likelySoakMs({
  engine,
  settings,
  kills,
}: Pick<CellPlan, 'engine' | 'settings' | 'kills'>): number {
  const cycleMs = cycleMsOf(pipelineNamed(engine).settingsSheet(settings));
  return kills * (paceOf(engine).recoveryMs + cycleMs / 2 + LIKELY_WAIT_MS);
}
