import { type CellFigures, type Sheet, seriesName } from '../comparison/index.ts';
import type { Result } from '../model/index.ts';
import { significant } from '../numbers/index.ts';
import { median, ratioInterval } from '../statistics/index.ts';
import { RATIO_MEASURES, type RatioMeasure } from './measures.ts';
import { type RealPair, realPairsOf } from './pairs.ts';

/** With fewer values a side a 95 % interval says less than it seems to. */
const LEAST_FOR_INTERVAL = 6;
const RESAMPLES = 2_000;

/** Each embedded engine against the system that it models: ratios of their figures, a row a pair; null without a real system, or without a figure that both of a pair have. */
export function ratioSheet(result: Result): Sheet | null {
  const pairs = realPairsOf(result);
  if (pairs.length === 0) return null;
  const measures = RATIO_MEASURES.filter((measure) =>
    pairs.some((pair) => sidesOf(pair, measure).every((values) => values.length > 0)),
  );
  if (measures.length === 0) return null;
  return {
    title: 'Embedded engines against the systems that they model',
    caption: `The embedded engine's figure over the real system's; the header says which side of 1 is better for the embedded engine. Above floor: p99 minus the p99 that generator, broker and observer have at this rate with no engine. First output: after the SIGKILL. Peak RSS: of the latency run. ${intervalText(pairs)}${steadinessText(pairs)}`,
    headers: [
      'embedded / real',
      'runs',
      ...measures.map(({ title, better }) => `${title}, better ${better}`),
    ],
    rows: pairs.map((pair) => [
      rowName(pair),
      runsText(pair),
      ...measures.map((measure) => ratioText(pair, measure, result.seed)),
    ]),
  };
}

function rowName({ group: { workload, guarantee }, embedded, real }: RealPair): string {
  const place = guarantee === 'at-least-once' ? workload : `${workload}, ${guarantee}`;
  return `${place}: ${seriesName(embedded.cell)} / ${seriesName(real.cell)}`;
}

function sidesOf({ group, embedded, real }: RealPair, { values }: RatioMeasure) {
  return [values(embedded, group), values(real, group)] as const;
}

function ratioText(pair: RealPair, measure: RatioMeasure, seed: number): string {
  const [embedded, real] = sidesOf(pair, measure);
  if (Math.min(embedded.length, real.length) >= LEAST_FOR_INTERVAL) {
    const ratio = ratioInterval(real, embedded, { resamples: RESAMPLES, seed });
    if (ratio !== null) {
      return `${significant(ratio.value)} (${significant(ratio.low)}–${significant(ratio.high)})${markOf(pair, measure)}`;
    }
  }
  const [above, below] = [median(embedded), median(real)];
  return above === null || below === null || below === 0
    ? '–'
    : `${significant(above / below)}${markOf(pair, measure)}`;
}

const NEVER_STEADY = '†';

function markOf(pair: RealPair, { of }: RatioMeasure): string {
  return of === 'latency' && unsteadyOf(pair).length > 0 ? NEVER_STEADY : '';
}

/** Those of a pair whose latency still changed, or whose backlog was not worked off, when the longest warm-up ended. */
function unsteadyOf({ embedded, real }: RealPair): readonly CellFigures[] {
  return [embedded, real].filter(({ latency }) => latency.value?.neverSteady === true);
}

/** The note of the mark names each side that it stands for. */
function steadinessText(pairs: readonly RealPair[]): string {
  const names = pairs.flatMap((pair) =>
    unsteadyOf(pair).map(({ cell }) => `${pair.group.workload}, ${seriesName(cell)}`),
  );
  return names.length === 0
    ? ''
    : ` ${NEVER_STEADY} Never steady before the longest warm-up ended (RUN_NEVER_STEADY), so no ratio of steady figures: ${[...new Set(names)].join('; ')}.`;
}

/** Passed runs a kind on both sides; `1–3` where the kinds differ. */
function runCounts({ embedded, real }: RealPair): readonly number[] {
  return [embedded, real].flatMap(({ latency, drain, recovery }) =>
    [latency.runs, drain.runs, recovery.runs].filter((runs) => runs > 0),
  );
}

function runsText(pair: RealPair): string {
  const counts = runCounts(pair);
  if (counts.length === 0) return '0';
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return fewest === most ? String(most) : `${fewest}–${most}`;
}

function intervalText(pairs: readonly RealPair[]): string {
  const most = Math.max(0, ...pairs.flatMap(runCounts));
  return most >= LEAST_FOR_INTERVAL
    ? `Medians; in brackets the 95 % interval of the ratio (bootstrap), where both sides have ${LEAST_FOR_INTERVAL} values or more.`
    : `${most === 1 ? 'One run a side' : `Medians of up to ${most} runs a side`}: no interval, which needs ${LEAST_FOR_INTERVAL}.`;
}
