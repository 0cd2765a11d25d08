import { type Distribution, HIGHEST_LATENCY_US, type LatencyRun, type MetricId } from '../model/index.ts';
import { type MedianInterval, repeated } from '../statistics/index.ts';
import type { CellFigures, Reading } from './figures.ts';

/** A metric's value in a cell, or why there is none. */
export type Value =
  | {
      readonly kind: 'number';
      /** Of several runs or kills the median, where each of them has a value. */
      readonly value: number;
      readonly interval: MedianInterval | null;
    }
  /** Fewer than ten samples lie beyond the percentile. */
  | { readonly kind: 'few samples' }
  /** Higher than the histogram's range. */
  | { readonly kind: 'above'; readonly limit: number }
  /** The state was not reached before the run ended. */
  | { readonly kind: 'never' }
  /** A search that ended at the driver or at the end of its range: the engine may do more. */
  | { readonly kind: 'at least'; readonly value: number }
  /** No rate held, not even the lowest. */
  | { readonly kind: 'no rate' }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'absent' };

/** The columns of the comparison table, in the order of the reader's questions. */
export const TABLE_METRICS = [
  'latency-p50',
  'latency-p99',
  'latency-max',
  'latency-samples',
  'sustainable-rate',
  'drain-rate',
  'recovery-first-output',
  'recovery-caught-up',
  'recovery-replayed',
  'cpu-per-million',
  'cpu-per-million-draining',
  'peak-rss',
] as const satisfies readonly MetricId[];

/** The reading that a metric comes from; null for one that is taken over several kinds of runs. */
export function readingFor(figures: CellFigures, id: MetricId): Reading<unknown> | null {
  switch (id) {
    case 'latency-p50':
    case 'latency-p99':
    case 'latency-p999':
    case 'latency-max':
    case 'latency-samples':
    case 'uncorrected-p99':
    case 'per-output-p99':
    case 'generator-lag-p99':
    case 'cpu-per-million':
      return figures.latency;
    case 'drain-rate':
    case 'drain-last-half-rate':
    case 'drain-cold-rate':
    case 'drain-warm-up':
    case 'cpu-per-million-draining':
      return figures.drain;
    case 'recovery-first-output':
    case 'recovery-caught-up':
    case 'recovery-replayed':
      return figures.recovery;
    case 'sustainable-rate':
      return figures.sustain;
    case 'peak-rss':
      return null;
  }
}

/** The value of a metric in a cell. */
export function metricValue(figures: CellFigures, id: MetricId): Value {
  const { latency, drain, recovery, sustain } = figures;
  switch (id) {
    case 'latency-p50':
      return percentile(latency, 'latency', 'p50');
    case 'latency-p99':
      return percentile(latency, 'latency', 'p99');
    case 'latency-p999':
      return percentile(latency, 'latency', 'p999');
    case 'latency-max':
      return of(latency, (reading) =>
        reading.latency.outOfRange > 0
          ? { kind: 'above', limit: HIGHEST_LATENCY_US }
          : single(reading.latency.max),
      );
    case 'latency-samples':
      return of(latency, (reading) => single(reading.latency.count));
    case 'uncorrected-p99':
      return percentile(latency, 'uncorrected', 'p99');
    case 'per-output-p99':
      return percentile(latency, 'perOutput', 'p99');
    case 'generator-lag-p99':
      return percentile(latency, 'generatorLag', 'p99');
    case 'drain-rate':
      return of(drain, ({ each }) => medianOf(each.map((figures) => figures.eventsPerSecond)));
    case 'drain-last-half-rate':
      return of(drain, ({ each }) => medianWhereAllHave(each.map((figures) => figures.lastHalfPerSecond)));
    case 'drain-warm-up':
      return of(drain, ({ each }) => medianOf(each.map((figures) => figures.firstOutputMs)));
    case 'drain-cold-rate':
      return of(drain, ({ each }) => medianOf(each.map((figures) => figures.coldEventsPerSecond)));
    case 'recovery-first-output':
      return of(recovery, ({ kills }) => medianOfReached(kills.map((kill) => kill.firstOutputMs)));
    case 'recovery-caught-up':
      return of(recovery, ({ kills }) => medianOfReached(kills.map((kill) => kill.caughtUpMs)));
    case 'recovery-replayed':
      return of(recovery, ({ kills }) => medianOf(kills.map((kill) => kill.replayedRecords)));
    case 'cpu-per-million':
      return of(latency, (reading) => medianOf(reading.cpuSecondsPerMillion));
    case 'cpu-per-million-draining':
      return of(drain, (reading) => medianOf(reading.cpuSecondsPerMillion));
    case 'peak-rss':
      return peakRss(figures);
    case 'sustainable-rate':
      return sustainable(sustain);
  }
}

function sustainable(sustain: CellFigures['sustain']): Value {
  return of(sustain, ({ each }) => {
    const rates = each.map((figures) => figures.sustainablePerSecond).filter((rate) => rate !== null);
    if (rates.length < each.length) return { kind: 'no rate' };
    const isOpen = each.some(({ limitedBy }) => limitedBy === 'driver' || limitedBy === 'range');
    return isOpen ? { kind: 'at least', value: Math.min(...rates) } : medianOf(rates);
  });
}

function peakRss({ latency, drain }: CellFigures): Value {
  const peaks = [latency.value?.peakRssMb, drain.value?.peakRssMb].filter((peak) => peak != null);
  if (peaks.length > 0) return single(Math.max(...peaks));
  const reasons = [...latency.refusals, ...drain.refusals];
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'absent' };
}

function of<Figures>(reading: Reading<Figures>, pick: (figures: Figures) => Value): Value {
  if (reading.value !== null) return pick(reading.value);
  return reading.refusals.length > 0 ? { kind: 'refused', reasons: reading.refusals } : { kind: 'absent' };
}

type LatencyFigures = NonNullable<LatencyRun['figures']>;

/** The median over runs where every run has the percentile, else that of the merged histogram; never an average of percentiles. */
function percentile(
  latency: CellFigures['latency'],
  which: 'latency' | 'uncorrected' | 'perOutput' | 'generatorLag',
  rank: 'p50' | 'p99' | 'p999',
): Value {
  return of(latency, (reading) => {
    const merged: Distribution = reading[which];
    const each = reading.each.map((figures: LatencyFigures) => figures[which][rank]);
    const known = each.filter((value) => value !== null);
    if (known.length === each.length) return medianOf(known);
    if (merged[rank] !== null) return single(merged[rank]);
    return merged.count === 0 ? { kind: 'absent' } : { kind: 'few samples' };
  });
}

function medianOf(values: readonly number[]): Value {
  const found = repeated(values);
  if (found === null) return { kind: 'absent' };
  return { kind: 'number', value: found.median, interval: found.interval };
}

function medianWhereAllHave(values: readonly (number | null)[]): Value {
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? { kind: 'absent' } : medianOf(known);
}

/** Unknown, not long, when one of the kills did not reach the state. */
function medianOfReached(values: readonly (number | null)[]): Value {
  const known = values.filter((value) => value !== null);
  return known.length < values.length ? { kind: 'never' } : medianOf(known);
}

const single = (value: number | null): Value =>
  value === null ? { kind: 'absent' } : { kind: 'number', value, interval: null };
