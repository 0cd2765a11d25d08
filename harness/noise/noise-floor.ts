import {
  type Cell,
  type MetricId,
  type NoiseFloor,
  type Run,
  runMetrics,
} from '../../reports/model/index.ts';
import { repeatsOf } from '../run/index.ts';

/** Measures whose runs are compared with each other; a search for the sustainable rate is no single run. */
export const NOISE_MEASURES = ['latency', 'drain', 'recovery'] as const;

/**
 * A/A: compares each cell with itself. One comparison is two successive repeats, the first with the second, the third with the fourth and so
 * on; one in which either run is not valid is left out. Session order keeps the two as near as those of two cells that are compared.
 *
 * @param attempts as the session was given: refused attempts belong to the repeat after them
 * @returns a floor for each cell and metric that has a comparison
 */
export function noiseFloorsOf(cells: readonly Cell[], attempts: number): NoiseFloor[] {
  return cells.flatMap((cell) => {
    const ratios = new Map<MetricId, number[]>();
    for (const measure of NOISE_MEASURES) {
      const stands = repeatsOf(cell.runs, measure, attempts).map((repeat) => repeat.attempts.at(-1));
      for (let first = 0; first + 1 < stands.length; first += 2) {
        for (const [metric, ratio] of compare(stands[first], stands[first + 1])) {
          ratios.set(metric, [...(ratios.get(metric) ?? []), ratio]);
        }
      }
    }
    const { workload, engine, guarantee, profile, variables } = cell;
    return [...ratios].map(([metric, of]) => ({
      ...{ workload, engine, guarantee, profile, variables, metric },
      comparisons: of.length,
      ratios: of,
      spread: spreadOf(of),
    }));
  });
}

/** Second run over first, by metric. */
function compare(first: Run | undefined, second: Run | undefined): [MetricId, number][] {
  if (first?.outcome !== 'passed' || second?.outcome !== 'passed') return [];
  const after = runMetrics(second);
  return Object.entries(runMetrics(first)).flatMap(([id, before]) => {
    const value = after[id as MetricId];
    return before != null && value != null && before > 0 && value > 0
      ? [[id as MetricId, value / before]]
      : [];
  });
}

/** The smallest share of the smaller value by which at least 95 % of the comparisons differ at most (nearest rank). */
export function spreadOf(ratios: readonly number[]): number {
  const differences = ratios.map((ratio) => Math.max(ratio, 1 / ratio) - 1).sort((a, b) => a - b);
  return differences[Math.ceil(0.95 * differences.length) - 1] ?? 0;
}
