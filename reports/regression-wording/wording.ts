import { cleanText } from '../markup/index.ts';
import { metric } from '../model/index.ts';
import { scaleFor, sharePercent } from '../numbers/index.ts';
import type { RegressionReport, RegressionRow, Sample } from '../regression/index.ts';

/** What the outputs say of a row, in short texts without control characters. */
interface RowWording {
  readonly place: string;
  readonly metric: string;
  /** Medians with their unit, one unit for both; `-` where a side has none. */
  readonly base: string;
  readonly head: string;
  /** Head against base with its 95 % interval: `+20.3 % [+15.1 %, +26 %]`; `-` where there is no ratio. */
  readonly change: string;
  /** Ratio of the medians with its interval: `1.203 [1.151, 1.260]`; `none` where there is none. */
  readonly ratio: string;
  readonly limit: string;
  /** Valid runs of base and head. */
  readonly runs: string;
  readonly verdict: string;
  readonly sentence: string;
}

const LONGEST_NAME = 60;

/** The texts of a row. */
export function rowWording(row: RegressionRow): RowWording {
  const { title, unit } = metric(row.metric);
  const scale = scaleFor(
    unit,
    [row.base, row.head].flatMap((sample) => (sample === null ? [] : [sample.median])),
  );
  const median = (sample: Sample | null) =>
    sample === null ? '-' : `${scale.format(sample.median)} ${scale.unit}`.trim();
  const { ratio, confirmation } = row;
  return {
    place: placeOf(row),
    metric: title,
    base: median(row.base),
    head: median(row.head),
    change:
      ratio === null
        ? '-'
        : `${signedPercent(ratio.value)} [${signedPercent(ratio.low)}, ${signedPercent(ratio.high)}]`,
    ratio: ratio === null ? 'none' : `${digits(ratio.value)} [${digits(ratio.low)}, ${digits(ratio.high)}]`,
    limit: limitOf(row),
    runs: `${row.base?.values.length ?? 0}+${row.head?.values.length ?? 0}`,
    verdict: confirmation === null ? row.verdict : `${row.verdict}, ${confirmation}`,
    sentence: cleanText(row.sentence),
  };
}

/** Workload, guarantee and cell, each clipped. */
export function placeOf({
  workload,
  guarantee,
  cell,
}: Pick<RegressionRow, 'workload' | 'guarantee' | 'cell'>) {
  return [workload, guarantee, cell].map((part) => cleanText(part, LONGEST_NAME)).join(', ');
}

/** Whether the row alone fails the comparison: a regression at level `error` that a second measurement did not clear. */
export function isFailure({ verdict, level, confirmation }: RegressionRow): boolean {
  return verdict === 'regressed' && level === 'error' && confirmation !== 'cleared';
}

/** The verdict on the whole, one sentence. */
export function outcomeSentence({ outcome, rows }: RegressionReport): string {
  switch (outcome) {
    case 'wrong':
      return 'Wrong: an output of head is wrong; no figure matters beside that.';
    case 'regressed': {
      const failures = rows.filter(isFailure).length;
      return `Regressed: ${failures} ${failures === 1 ? 'metric is' : 'metrics are'} worse than the limit allows.`;
    }
    case 'inconclusive':
      return 'Inconclusive: nothing could be shown either way.';
    case 'ok':
      return 'OK: no regression.';
    default:
      return outcome satisfies never;
  }
}

const digits = (ratio: number): string => ratio.toFixed(3);

/** How far a ratio is from 1: `+20.3 %`. */
export function signedPercent(ratio: number): string {
  const share = ratio - 1;
  return `${share > 0 ? '+' : ''}${sharePercent(share)}`;
}

function limitOf({ metric: id, minimumEffect, level }: RegressionRow): string {
  const { direction } = metric(id);
  const sign = { 'lower is better': '+', 'higher is better': '-', neither: '±' }[direction];
  return `${sign}${sharePercent(minimumEffect)}${level === 'error' ? '' : ` (${level})`}`;
}
