import { type Cell, type MetricId, runMetrics } from '../model/index.ts';

/** What one run measured, numbered from 1 among the cell's passed runs of its kind. */
export interface RunValue {
  readonly run: number;
  readonly value: number;
}

/** The values of a metric in the passed runs of a cell, in their order. */
export function runValues(cell: Cell, id: MetricId): readonly RunValue[] {
  return cell.runs
    .filter(({ outcome }) => outcome === 'passed')
    .map((run) => runMetrics(run)[id])
    .filter((value) => value !== undefined)
    .flatMap((value, i) => (value === null ? [] : [{ run: i + 1, value }]));
}

/** Fewer values have no quartiles to speak of. */
const LEAST_FOR_OUTLIERS = 5;

/** The values beyond Tukey's inner fences, one and a half times the middle half's width away from it (Exploratory Data Analysis, 2D). */
export function outliersOf(values: readonly RunValue[]): readonly RunValue[] {
  if (values.length < LEAST_FOR_OUTLIERS) return [];
  const sorted = values.map(({ value }) => value).sort((a, b) => a - b);
  const [lower, upper] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const reach = 1.5 * (upper - lower);
  return values.filter(({ value }) => value < lower - reach || value > upper + reach);
}

/** With the values between two neighbours on the straight line between them. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  return below + ((sorted[Math.ceil(place)] ?? below) - below) * (place % 1);
}
