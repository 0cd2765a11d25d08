import type { DrainRun } from '../../reports/model/index.ts';
import type { Observation } from '../observe/index.ts';
import { lastHalfPerSecond } from './drain-last-half.ts';

/** Points kept of the curve of covered inputs over time. */
const CURVE_POINTS = 300;

/**
 * Rates of a backlog drain. Where a sample stands for several inputs (alerts, windows), inputs covered are taken in proportion to samples.
 * The rate from first to last output leaves out what the first one covered; with a single arrival, or a single release, it is the cold rate:
 * between the first and the last output of one batch lies its sink alone.
 *
 * @param deployedUs the order to deploy, on the observation's axis, microseconds
 * @param events inputs in the backlog
 * @param releasesUs ends of batches or commits that released outputs together, on the same axis; none where outputs come as they are made
 */
export function drainFigures(
  observation: Observation,
  deployedUs: number,
  events: number,
  releasesUs: readonly number[],
): NonNullable<DrainRun['figures']> {
  const arrivals = observation.sampleArrivalsUs;
  const samples = arrivals.length;
  const firstUs = arrivals[0] ?? deployedUs;
  const lastUs = arrivals[samples - 1] ?? deployedUs;
  const coveredBy = (count: number): number => Math.round((count / samples) * events);
  let atFirst = 0;
  while (atFirst < samples && arrivals[atFirst] === firstUs) atFirst += 1;
  const coldEventsPerSecond = events / ((lastUs - deployedUs) / 1e6);
  const steadySeconds = (lastUs - firstUs) / 1e6;
  const covered: [number, number][] = [];
  const step = Math.max(1, Math.floor(samples / CURVE_POINTS));
  for (let index = step - 1; index < samples; index += step) {
    covered.push([((arrivals[index] as number) - deployedUs) / 1_000, coveredBy(index + 1)]);
  }
  if (samples > 0) covered.push([(lastUs - deployedUs) / 1_000, events]);
  return {
    events,
    eventsPerSecond:
      steadySeconds > 0 && releasesUs.length !== 1
        ? (events - coveredBy(atFirst)) / steadySeconds
        : coldEventsPerSecond,
    lastHalfPerSecond: lastHalfPerSecond(arrivals, releasesUs, events),
    coldEventsPerSecond,
    firstOutputMs: (firstUs - deployedUs) / 1_000,
    lastOutputMs: (lastUs - deployedUs) / 1_000,
    covered,
  };
}
