import { type Distribution, HIGHEST_LATENCY_US, type MetricId } from '../model/index.ts';
import type { CellFigures, Reading } from './figures.ts';

/** A metric's value in a cell, or why there is none. */
export type Value =
  | { readonly kind: 'number'; readonly value: number }
  /** Fewer than ten samples lie beyond the percentile. */
  | { readonly kind: 'few samples' }
  /** Higher than the histogram's range. */
  | { readonly kind: 'above'; readonly limit: number }
  /** The state was not reached before the run ended. */
  | { readonly kind: 'never' }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'absent' };

/** The columns of the comparison table, in the order of the reader's questions. */
export const TABLE_METRICS = [
  'latency-p50',
  'latency-p99',
  'latency-max',
  'latency-samples',
  'drain-rate',
  'recovery-first-output',
  'recovery-caught-up',
  'recovery-replayed',
  'cpu-per-million',
  'cpu-per-million-draining',
  'peak-rss',
] as const satisfies readonly MetricId[];

/** The value of a metric in a cell. */
export function metricValue(figures: CellFigures, id: MetricId): Value {
  const { latency, drain, recovery } = figures;
  switch (id) {
    case 'latency-p50':
      return of(latency, (reading) => percentile(reading.latency, reading.latency.p50));
    case 'latency-p99':
      return of(latency, (reading) => percentile(reading.latency, reading.latency.p99));
    case 'latency-p999':
      return of(latency, (reading) => percentile(reading.latency, reading.latency.p999));
    case 'latency-max':
      return of(latency, (reading) =>
        reading.latency.outOfRange > 0
          ? { kind: 'above', limit: HIGHEST_LATENCY_US }
          : numberOr(reading.latency.max, { kind: 'absent' }),
      );
    case 'latency-samples':
      return of(latency, (reading) => ({ kind: 'number', value: reading.latency.count }));
    case 'uncorrected-p99':
      return of(latency, (reading) => percentile(reading.uncorrected, reading.uncorrected.p99));
    case 'per-output-p99':
      return of(latency, (reading) => percentile(reading.perOutput, reading.perOutput.p99));
    case 'generator-lag-p99':
      return of(latency, (reading) => percentile(reading.generatorLag, reading.generatorLag.p99));
    case 'drain-rate':
      return of(drain, (reading) => ({ kind: 'number', value: reading.eventsPerSecond }));
    case 'drain-cold-rate':
      return of(drain, (reading) => ({ kind: 'number', value: reading.coldEventsPerSecond }));
    case 'recovery-first-output':
      return of(recovery, (reading) => numberOr(reading.firstOutputMs, { kind: 'never' }));
    case 'recovery-caught-up':
      return of(recovery, (reading) => numberOr(reading.caughtUpMs, { kind: 'never' }));
    case 'recovery-replayed':
      return of(recovery, (reading) => ({ kind: 'number', value: reading.replayedRecords }));
    case 'cpu-per-million':
      return of(latency, (reading) => numberOr(reading.cpuSecondsPerMillion, { kind: 'absent' }));
    case 'cpu-per-million-draining':
      return of(drain, (reading) => numberOr(reading.cpuSecondsPerMillion, { kind: 'absent' }));
    case 'peak-rss':
      return peakRss(figures);
  }
}

function peakRss({ latency, drain }: CellFigures): Value {
  const peaks = [latency.value?.peakRssMb, drain.value?.peakRssMb].filter((peak) => peak != null);
  if (peaks.length > 0) return { kind: 'number', value: Math.max(...peaks) };
  const reasons = [...latency.refusals, ...drain.refusals];
  return reasons.length > 0 ? { kind: 'refused', reasons } : { kind: 'absent' };
}

function of<Figures>(reading: Reading<Figures>, pick: (figures: Figures) => Value): Value {
  if (reading.value !== null) return pick(reading.value);
  return reading.refusals.length > 0 ? { kind: 'refused', reasons: reading.refusals } : { kind: 'absent' };
}

function percentile(distribution: Distribution, value: number | null): Value {
  return numberOr(value, distribution.count === 0 ? { kind: 'absent' } : { kind: 'few samples' });
}

const numberOr = (value: number | null, otherwise: Value): Value =>
  value === null ? otherwise : { kind: 'number', value };
