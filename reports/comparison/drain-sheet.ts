import { type MetricId, metric } from '../model/index.ts';
import { scaleFor } from '../numbers/index.ts';
import { type Group, seriesName } from './group.ts';
import type { Sheet } from './sheet.ts';
import { metricValue } from './value.ts';

const COLUMNS = [
  'drain-warm-up',
  'drain-rate',
  'drain-last-half-rate',
  'drain-cold-rate',
] as const satisfies readonly MetricId[];

/** The drain told apart: what a cold start takes, and the rate with and without what it still slows; null where no run tells its last half. */
export function drainSheet(group: Group): Sheet | null {
  const cells = group.cells.filter(({ drain }) => drain.value !== null);
  const runs = cells.flatMap(({ drain }) => drain.value?.each ?? []);
  if (runs.every(({ lastHalfPerSecond }) => lastHalfPerSecond === null)) return null;
  const columns = COLUMNS.map((id) => {
    const values = cells.map((figures) => {
      const value = metricValue(figures, id);
      return value.kind === 'number' ? value.value : null;
    });
    const known = values.filter((value) => value !== null);
    return { metric: metric(id), values, scale: scaleFor(metric(id).unit, known) };
  });
  return {
    title: `${group.workload}, ${group.guarantee}: the backlog and the warm-up`,
    caption:
      'Warm-up: from the order to deploy to the first committed output. Drain: first to last output. Last half: after half of the backlog was covered; – where too few outputs or batches came to tell. Cold: the whole backlog from the order to deploy. Medians of the runs.',
    headers: [
      'engine',
      ...columns.map(({ metric: { title }, scale }) => `${title.replace(', ', ' ')}, ${scale.unit}`),
    ],
    rows: cells.map(({ cell }, row) => [
      seriesName(cell),
      ...columns.map(({ values, scale }) => {
        const value = values[row] ?? null;
        return value === null ? '–' : scale.format(value);
      }),
    ]),
  };
}
