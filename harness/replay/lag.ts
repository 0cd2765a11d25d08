import {
  createLatencyHistogram,
  type Distribution,
  distributionOf,
  HIGHEST_LATENCY_US,
} from '../../reports/model/index.ts';
import type { Schedule } from './schedule/index.ts';

/**
 * The generator's own lag: actual send minus due, in whole microseconds, of the records due in [fromMs, toMs), milliseconds from the
 * start of the schedule. For a finished replay: a record that was never sent is left out, and so is one that `release` let go
 * ahead of its due instant.
 *
 * @param sentUs actual send of each record, microseconds from the start, as a replay gives them
 */
export function lagBetween(
  schedule: Schedule,
  sentUs: Float64Array,
  fromMs: number,
  toMs: number,
): Distribution {
  const histogram = createLatencyHistogram();
  const toNs = toMs * 1e6;
  let outOfRange = 0;
  for (let sequence = schedule.countBefore(fromMs * 1e6); sequence < sentUs.length; sequence += 1) {
    const dueNs = schedule.dueNs(sequence);
    if (dueNs >= toNs) break;
    const lagUs = (sentUs[sequence] as number) - dueNs / 1_000;
    if (lagUs > HIGHEST_LATENCY_US) outOfRange += 1;
    else if (lagUs >= 0) histogram.recordValue(Math.round(lagUs));
  }
  return distributionOf(histogram, outOfRange);
}
