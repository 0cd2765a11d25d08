import { type CellPlan, cycleMsOf, paceOf, pipelineNamed } from '../run/index.ts';
import { shortestStretchMs } from './soak-run.ts';

/** Between two kills beside recovery and cycle, by experience. */
const LIKELY_WAIT_MS = 500;

/**
 * How long the kills of a cell are likely to take, milliseconds: its log should last as long on the schedule.
 *
 * @param stretches deployments, one after the other
 */
export function likelySoakMs(
  { engine, settings, kills }: Pick<CellPlan, 'engine' | 'settings' | 'kills'>,
  stretches: number,
): number {
  const cycleMs = cycleMsOf(pipelineNamed(engine).settingsSheet(settings));
  const { recoveryMs, startMs } = paceOf(engine);
  const rescalingMs = stretches > 1 ? stretches * (shortestStretchMs(cycleMs) + startMs) : 0;
  return kills * (recoveryMs + cycleMs + LIKELY_WAIT_MS) + rescalingMs;
}
