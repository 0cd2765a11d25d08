import { METRICS, type MetricId } from '../model/index.ts';
import { holm, mannWhitney, median, medianInterval, ratioInterval } from '../statistics/index.ts';
import { type ComparisonConfig, type MetricRule, ruleOf } from './config/index.ts';
import { cellDifferences, rowNames, sideDifferences } from './fingerprint.ts';
import { cellValues, type MergedCell, mergedCells } from './merged-cell.ts';
import {
  REGRESSION_REPORT_KIND,
  REGRESSION_REPORT_VERSION,
  type RegressionReport,
  type RegressionRow,
  type Sample,
  VERDICTS,
} from './regression-report.ts';
import { remarksOf } from './remarks.ts';
import { RESAMPLES } from './resamples.ts';
import { type NamedResults, sideOf } from './side.ts';
import { type Judgement, judge } from './verdict.ts';

export interface CompareOptions {
  readonly config: ComparisonConfig;
  /** Of the bootstrap. */
  readonly seed: number;
  /** Fingerprint rows in which the sides may differ: what is compared on purpose. */
  readonly vary: readonly string[];
}

/** A row before its family is known. */
interface Candidate {
  readonly cell: MergedCell;
  readonly metric: MetricId;
  readonly rule: MetricRule;
  readonly base: readonly number[];
  readonly head: readonly number[];
  readonly isComparable: boolean;
  /** Null where it is not tested. */
  readonly p: number | null;
}

/**
 * Compares two sides, one value a passed run: exact Mann-Whitney, ratio of medians with its bootstrap interval, Holm over all rows that
 * are tested. Rows are in the order of the cells, those of head alone at the end, and of the metrics. Sides whose fingerprints differ get
 * figures and the verdict `not comparable`.
 */
export function compareSides(
  base: NamedResults,
  head: NamedResults,
  options: CompareOptions,
): RegressionReport {
  const { config, seed, vary } = options;
  const cells = { base: mergedCells(base.results), head: mergedCells(head.results) };
  const differences = sideDifferences(base.results, head.results, vary);
  const differing = [...cells.base.values()].flatMap((cell) => {
    const other = cells.head.get(cell.key);
    const rows = other === undefined ? [] : cellDifferences(cell, other, vary);
    return rows.length === 0 ? [] : [{ cell, rows }];
  });
  const unlike = new Set(differing.map(({ cell }) => cell.key));
  const all = new Map([...cells.head, ...cells.base]);
  const ordered = [...new Set([...cells.base.keys(), ...cells.head.keys()])].flatMap(
    (key) => all.get(key) ?? [],
  );
  const candidates = ordered.flatMap((cell) =>
    candidatesOf(
      cell,
      cells.base.get(cell.key),
      cells.head.get(cell.key),
      config,
      differences.length === 0 && !unlike.has(cell.key),
    ),
  );
  const rows = rowsOf(candidates, config, seed);
  const [baseSide, headSide] = [sideOf(base), sideOf(head)];
  return {
    kind: REGRESSION_REPORT_KIND,
    schemaVersion: REGRESSION_REPORT_VERSION,
    base: baseSide,
    head: headSide,
    alpha: config.alpha,
    minimumRuns: config.minimumRuns,
    seed,
    tests: candidates.filter(({ p }) => p !== null).length,
    differences: [...differences],
    cellDifferences: differing.map(({ cell: { cell, name }, rows: differingRows }) => ({
      workload: cell.workload,
      cell: name,
      guarantee: cell.guarantee,
      rows: [...differingRows],
    })),
    rows: [...rows],
    counts: countsOf(rows),
    outcome: outcomeOf(rows, headSide.wrong),
    remarks: [...remarksOf(base, head), ...unknownRows(vary, base, head, [...all.values()])],
  };
}

function unknownRows(
  vary: readonly string[],
  base: NamedResults,
  head: NamedResults,
  cells: readonly MergedCell[],
): readonly string[] {
  const known = rowNames([...base.results, ...head.results], cells);
  return vary
    .filter((name) => !known.has(name))
    .map(
      (name) => `The row ${JSON.stringify(name)}, which was allowed to vary, is in no sheet of either side.`,
    );
}

function candidatesOf(
  cell: MergedCell,
  base: MergedCell | undefined,
  head: MergedCell | undefined,
  config: ComparisonConfig,
  isComparable: boolean,
): readonly Candidate[] {
  const values = {
    base: base === undefined ? null : cellValues(base.cell),
    head: head === undefined ? null : cellValues(head.cell),
  };
  return METRICS.flatMap(({ id }) => {
    const rule = ruleOf(config, id);
    const [before, after] = [values.base?.get(id) ?? [], values.head?.get(id) ?? []];
    if (rule === null || before.length + after.length === 0) return [];
    const isTested = isComparable && Math.min(before.length, after.length) >= config.minimumRuns;
    const p = isTested ? mannWhitney(before, after) : null;
    return [{ cell, metric: id, rule, base: before, head: after, isComparable, p }];
  });
}

function rowsOf(
  candidates: readonly Candidate[],
  config: ComparisonConfig,
  seed: number,
): readonly RegressionRow[] {
  const tested = candidates.filter(({ p }) => p !== null);
  const adjusted = holm(tested.flatMap(({ p }) => p ?? []));
  const pHolmOf = new Map(tested.map((candidate, i) => [candidate, adjusted[i] ?? null]));
  return candidates.map((candidate) => {
    const { cell: merged, metric, rule, base, head, p } = candidate;
    const { workload, engine, profile, guarantee, variables } = merged.cell;
    const pHolm = pHolmOf.get(candidate) ?? null;
    const ratio = ratioInterval(base, head, { resamples: RESAMPLES, seed });
    const evidence = { base: base.length, head: head.length, ratio, pHolm, rule };
    return {
      workload,
      engine,
      profile,
      guarantee,
      variables,
      cell: merged.name,
      metric,
      level: rule.level,
      minimumEffect: rule.minimumEffect,
      base: sampleOf(base),
      head: sampleOf(head),
      ratio,
      p,
      pHolm,
      ...(presence(candidate) ?? judge({ ...evidence, ...config, tests: tested.length })),
      confirmation: null,
    };
  });
}

/** The verdict on a row that cannot be compared at all; null where it can. */
function presence({ base, head, isComparable }: Candidate): Judgement | null {
  if (head.length === 0) return { verdict: 'missing', sentence: 'Measured in base, no valid run in head.' };
  if (base.length === 0) return { verdict: 'new', sentence: 'Measured in head, no valid run in base.' };
  if (isComparable) return null;
  return { verdict: 'not comparable', sentence: 'Not comparable: the sides were not measured alike.' };
}

function sampleOf(values: readonly number[]): Sample | null {
  const middle = median(values);
  if (middle === null) return null;
  return { values: [...values], median: middle, interval: values.length < 6 ? null : medianInterval(values) };
}

function countsOf(rows: readonly RegressionRow[]): RegressionReport['counts'] {
  const count = (wanted: string) => rows.filter(({ verdict }) => verdict === wanted).length;
  return Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, count(verdict)]),
  ) as RegressionReport['counts'];
}

const SAYING_NOTHING = ['inconclusive', 'not comparable', 'missing', 'new'];

function outcomeOf(rows: readonly RegressionRow[], wrong: readonly string[]): RegressionReport['outcome'] {
  if (wrong.length > 0) return 'wrong';
  if (rows.some(({ verdict, level }) => verdict === 'regressed' && level === 'error')) return 'regressed';
  return rows.every(({ verdict }) => SAYING_NOTHING.includes(verdict)) ? 'inconclusive' : 'ok';
}
