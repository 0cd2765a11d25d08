import { type MetricId, metric } from '../model/index.ts';
import { scaleFor, significant } from '../numbers/index.ts';
import type { CellFigures } from './figures.ts';
import { type Group, seriesName } from './group.ts';
import { metricValue, type Value } from './value.ts';

/** One sentence: who is ahead at a metric, and by how much. */
export interface Verdict {
  readonly metric: MetricId;
  /** What was compared, in the reader's words. */
  readonly subject: string;
  /** `leader`: ahead by at least the metric's minimum effect. `even`: not. `none`: there is nothing to compare. */
  readonly outcome:
    | { readonly kind: 'leader'; readonly cell: CellFigures }
    | { readonly kind: 'even' }
    | { readonly kind: 'none' };
  /** Who is ahead and by how much, without the figures. */
  readonly sentence: string;
  /** The figures it rests on, all in one unit, best first. */
  readonly figures: string;
}

const SUBJECTS: readonly (readonly [MetricId, string])[] = [
  ['latency-p99', 'p99 latency'],
  ['drain-rate', 'backlog drain'],
  ['recovery-first-output', 'first output after SIGKILL'],
  ['cpu-per-million', 'CPU at the offered rate'],
];

/**
 * The verdicts of a group; metrics that no cell measured are left out. Where a cell has too few samples for a p99, the p50 is
 * compared in its place.
 */
export function verdictsOf(group: Group): readonly Verdict[] {
  const fewSamples = group.cells.some((cell) => metricValue(cell, 'latency-p99').kind === 'few samples');
  return SUBJECTS.flatMap(([id, subject]) => {
    const verdict =
      id === 'latency-p99' && fewSamples
        ? verdictOf(group, 'latency-p50', 'p50 latency (too few samples for a p99)')
        : verdictOf(group, id, subject);
    return verdict === null ? [] : [verdict];
  });
}

function verdictOf(group: Group, id: MetricId, subject: string): Verdict | null {
  const values = group.cells.map((cell) => ({ cell, value: metricValue(cell, id) }));
  if (values.every(({ value }) => value.kind === 'absent')) return null;
  const { unit, direction, minimumEffect } = metric(id);
  const ranked = values
    .flatMap(({ cell, value }) => (value.kind === 'number' ? [{ cell, value: value.value }] : []))
    .sort((a, b) => (direction === 'higher is better' ? b.value - a.value : a.value - b.value));
  const scale = scaleFor(
    unit,
    ranked.map(({ value }) => value),
  );
  const figures = [
    ...ranked.map(({ cell, value }) => `${seriesName(cell.cell)} ${scale.format(value)} ${scale.unit}`),
    ...values.flatMap(({ cell, value }) =>
      value.kind === 'number' ? [] : [`${seriesName(cell.cell)} ${ABSENCE[value.kind]}`],
    ),
  ].join(', ');
  const [best, next] = ranked;
  if (best === undefined || next === undefined) {
    return { metric: id, subject, outcome: { kind: 'none' }, sentence: 'nothing to compare', figures };
  }
  const ratio = Math.max(best.value, next.value) / Math.min(best.value, next.value);
  const effect = minimumEffect ?? 0;
  if (best.value === next.value || ratio - 1 < effect) {
    const sentence = `no difference above ${Math.round(effect * 100)} %`;
    return { metric: id, subject, outcome: { kind: 'even' }, sentence, figures };
  }
  const sense = direction === 'higher is better' ? 'higher' : 'lower';
  const sentence = `${seriesName(best.cell.cell)} ${sense} by ${distance(ratio, sense)}`;
  return { metric: id, subject, outcome: { kind: 'leader', cell: best.cell }, sentence, figures };
}

const ABSENCE: Readonly<Record<Exclude<Value['kind'], 'number'>, string>> = {
  'few samples': 'too few samples',
  above: 'above the range',
  never: 'not reached before the end of a run',
  refused: 'refused: see its note',
  absent: 'not measured',
};

function distance(ratio: number, sense: 'higher' | 'lower'): string {
  // Against 0 there is no ratio.
  if (!Number.isFinite(ratio)) return 'all of it';
  if (ratio >= 2) return `a factor of ${significant(ratio)}`;
  return `${significant((sense === 'higher' ? ratio - 1 : 1 - 1 / ratio) * 100)} %`;
}
