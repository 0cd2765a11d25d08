import { type MetricId, metric, type Result } from '../model/index.ts';
import { scaleFor, sharePercent, significant, type UnitScale } from '../numbers/index.ts';
import type { CellFigures } from './figures.ts';
import { type Contest, type Group, groupsOf, seriesName } from './group.ts';
import { noiseBetween } from './noise.ts';
import { refusalBetween, rowsText } from './symmetry.ts';
import { metricValue, readingFor, type Value } from './value.ts';

/** One sentence: who is ahead at a metric, and by how much. */
export interface Verdict {
  readonly metric: MetricId;
  /** What was compared, in the reader's words. */
  readonly subject: string;
  /**
   * `leader`: ahead by more than the metric's minimum effect, the noise floor and the intervals. `even`: not. `none`: fewer than two
   * figures that may be ranked. `refused`: the settings of the two sides differ.
   */
  readonly outcome:
    | { readonly kind: 'leader'; readonly cell: CellFigures }
    | { readonly kind: 'even' }
    | { readonly kind: 'none' }
    | { readonly kind: 'refused'; readonly code: string };
  /** Who is ahead and by how much, or why nobody is, without the figures; names those whose latency was never steady. */
  readonly sentence: string;
  /** The figures it rests on, all in one unit, best first. */
  readonly figures: string;
}

const SUBJECTS: readonly (readonly [MetricId, string])[] = [
  ['latency-p99', 'p99 latency'],
  ['sustainable-rate', 'sustainable rate'],
  ['drain-rate', 'backlog drain'],
  ['recovery-first-output', 'first output after SIGKILL'],
  ['cpu-per-million', 'CPU at the offered rate'],
];

/**
 * The verdicts of a contest; metrics that no cell measured are left out. Where a cell has too few samples for a p99, the p50 is
 * compared in its place.
 */
export function verdictsOf(group: Group, contest: Contest): readonly Verdict[] {
  const fewSamples = contest.cells.some((cell) => metricValue(cell, 'latency-p99').kind === 'few samples');
  return SUBJECTS.flatMap(([id, subject]) => {
    const verdict =
      id === 'latency-p99' && fewSamples
        ? verdictOf(group, contest, 'latency-p50', 'p50 latency (too few samples for a p99)')
        : verdictOf(group, contest, id, subject);
    return verdict === null ? [] : [verdict];
  });
}

/** A verdict with the words that say where it holds: the guarantee, and the contest where there are several. */
export interface PlacedVerdict extends Verdict {
  readonly place: string;
}

/** The verdicts of a group over its contests; a cell without a rival gets none. */
export function placedVerdicts(group: Group): readonly PlacedVerdict[] {
  return group.contests.flatMap((contest) =>
    contest.cells.length < 2
      ? []
      : verdictsOf(group, contest).map((verdict) => ({
          ...verdict,
          place: contest.name === null ? group.guarantee : `${group.guarantee}, ${contest.name}`,
        })),
  );
}

/** How many comparisons of a result are ranked, with a leader or without a difference. */
export function rankedComparisons(result: Result): number {
  return groupsOf(result)
    .flatMap(placedVerdicts)
    .filter(({ outcome }) => outcome.kind === 'leader' || outcome.kind === 'even').length;
}

interface Ranked {
  readonly figures: CellFigures;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function verdictOf(group: Group, { cells }: Contest, id: MetricId, subject: string): Verdict | null {
  const values = cells.map((figures) => ({ figures, value: metricValue(figures, id) }));
  if (values.every(({ value }) => value.kind === 'absent')) return null;
  const { unit, direction } = metric(id);
  const numbers = values
    .flatMap(({ figures, value }): Ranked[] => {
      if (value.kind !== 'number') return [];
      const { low, high } = value.interval ?? { low: value.value, high: value.value };
      return [{ figures, value: value.value, low, high }];
    })
    .sort((a, b) => (direction === 'higher is better' ? b.value - a.value : a.value - b.value));
  const driverBound = numbers.filter(({ figures }) => isDriverBound(figures, id));
  const ranked = numbers.filter((one) => !driverBound.includes(one));
  const scale = scaleFor(
    unit,
    numbers.map(({ value }) => value),
  );
  const absent = values.flatMap(({ figures, value }) =>
    value.kind === 'number' ? [] : [`${seriesName(figures.cell)} ${absence(value, scale)}`],
  );
  const pair = rankablePair(ranked);
  const markOf = (one: Ranked) => {
    if (driverBound.includes(one)) return ' (driver-bound)';
    const leader = pair?.[0].figures.cell;
    if (leader !== undefined && refusalBetween(leader, one.figures.cell) !== null)
      return ' (not ranked: settings differ)';
    return wasNeverSteady(one.figures, id) ? ' (never steady)' : '';
  };
  const text = [
    ...numbers.map(
      (one) => `${seriesName(one.figures.cell)} ${scale.format(one.value)} ${scale.unit}${markOf(one)}`,
    ),
    ...absent,
  ].join(', ');
  const unsteady = (pair ?? []).filter((one) => wasNeverSteady(one.figures, id));
  const reservation =
    unsteady.length === 0
      ? ''
      : `; never steady: ${unsteady.map(({ figures }) => seriesName(figures.cell)).join(', ')}`;
  const verdict = (outcome: Verdict['outcome'], sentence: string): Verdict => ({
    metric: id,
    subject,
    outcome,
    sentence: sentence + reservation,
    figures: text,
  });
  if (pair !== null) return verdictBetween(group, id, ...pair, verdict);
  const [best, next] = ranked;
  const refusal = best && next ? refusalBetween(best.figures.cell, next.figures.cell) : null;
  return refusal === null
    ? verdict({ kind: 'none' }, nothingToRank(driverBound, id))
    : verdict(
        { kind: 'refused', code: refusal.code },
        `not ranked, ${refusal.code}: ${rowsText(refusal.rows)}`,
      );
}

/** The best figure that has a rival with the same settings, and the best such rival. */
function rankablePair(ranked: readonly Ranked[]): readonly [Ranked, Ranked] | null {
  for (const [i, best] of ranked.entries()) {
    const next = ranked
      .slice(i + 1)
      .find(({ figures }) => refusalBetween(best.figures.cell, figures.cell) === null);
    if (next !== undefined) return [best, next];
  }
  return null;
}

function isDriverBound(figures: CellFigures, id: MetricId): boolean {
  return (readingFor(figures, id)?.driverBoundShare ?? null) !== null;
}

/** Such a figure is ranked, since an engine that falls behind has none that is better, and never without saying so. */
function wasNeverSteady(figures: CellFigures, id: MetricId): boolean {
  return readingFor(figures, id) === figures.latency && figures.latency.value?.neverSteady === true;
}

function nothingToRank(driverBound: readonly Ranked[], id: MetricId): string {
  if (driverBound.length === 0) return 'nothing to compare';
  const names = driverBound.map(({ figures }) => {
    const share = readingFor(figures, id)?.driverBoundShare ?? 0;
    return `${seriesName(figures.cell)} ran at ${Math.round(share * 100)} % of what generator, broker and observer pass`;
  });
  return `not ranked, driver-bound: ${names.join('; ')}`;
}

function verdictBetween(
  group: Group,
  id: MetricId,
  best: Ranked,
  next: Ranked,
  verdict: (outcome: Verdict['outcome'], sentence: string) => Verdict,
): Verdict {
  const { direction, minimumEffect } = metric(id);
  const ratio = Math.max(best.value, next.value) / Math.min(best.value, next.value);
  const effect = minimumEffect ?? 0;
  if (best.value === next.value || ratio - 1 < effect) {
    return verdict({ kind: 'even' }, `no difference above ${Math.round(effect * 100)} %`);
  }
  const noise = noiseBetween(group, id, best.figures.cell, next.figures.cell);
  if (noise !== null && ratio - 1 <= noise) {
    return verdict({ kind: 'even' }, `within the noise floor (${sharePercent(noise)} here)`);
  }
  // Without an interval on either side both ends are the value itself, and the two differ.
  if (best.low <= next.high && next.low <= best.high) {
    return verdict({ kind: 'even' }, 'no difference shown: the ranges of the repetitions overlap');
  }
  const sense = direction === 'higher is better' ? 'higher' : 'lower';
  return verdict(
    { kind: 'leader', cell: best.figures },
    `${seriesName(best.figures.cell)} ${sense} by ${distance(ratio, sense)}`,
  );
}

function absence(value: Exclude<Value, { kind: 'number' }>, scale: UnitScale): string {
  switch (value.kind) {
    case 'few samples':
      return 'too few samples';
    case 'above':
      return 'above the range';
    case 'never':
      return 'not reached before the end of a run';
    case 'at least':
      return `at least ${scale.format(value.value)} ${scale.unit}: the search did not end at the engine`;
    case 'no rate':
      return 'held no rate';
    case 'refused':
      return 'refused: see its note';
    case 'absent':
      return 'not measured';
  }
}

function distance(ratio: number, sense: 'higher' | 'lower'): string {
  // Against 0 there is no ratio.
  if (!Number.isFinite(ratio)) return 'all of it';
  if (ratio >= 2) return `a factor of ${significant(ratio)}`;
  return `${significant((sense === 'higher' ? ratio - 1 : 1 - 1 / ratio) * 100)} %`;
}
