import type { ChartTable, Point, Span } from '../charts/index.ts';
import { type Mark, MINIMUM_SAMPLES_BEYOND, type Slice } from '../model/index.ts';
import { significant, whole } from '../numbers/index.ts';
import { markColumns } from './latency-marks.ts';

/** Rows of the table behind a chart over time; more would make the page heavy without telling more. */
const MOST_ROWS = 20;

const middle = (slice: Slice) => slice.atMs + slice.lengthMs / 2;

/** A percentile of each slice over time; a gap where fewer than ten samples of the slice lie beyond it. */
export function percentilePoints(slices: readonly Slice[], which: 'p50' | 'p99'): readonly Point[] {
  const share = which === 'p50' ? 0.5 : 0.99;
  return slices.map((slice): Point => {
    const beyond = slice.samples - Math.ceil(slice.samples * share - 1e-6);
    return [middle(slice), beyond < MINIMUM_SAMPLES_BEYOND ? null : slice[which]];
  });
}

/** The highest latency of each slice over time. */
export function maximumPoints(slices: readonly Slice[]): readonly Point[] {
  return slices.map((slice): Point => [middle(slice), slice.max]);
}

/** Inputs offered and not yet covered at the end of each slice. */
export function lagPoints(slices: readonly Slice[]): readonly Point[] {
  return slices.map((slice): Point => [slice.atMs + slice.lengthMs, slice.lag]);
}

/** Counts of a slice per second, as a series of steps that ends at the end of the last slice. */
export function ratePoints(slices: readonly Slice[], which: 'offered' | 'outputs'): readonly Point[] {
  const rate = (slice: Slice) => (slice[which] * 1_000) / slice.lengthMs;
  const steps = slices.map((slice): Point => [slice.atMs, rate(slice)]);
  const last = slices.at(-1);
  return last === undefined ? [] : [...steps, [last.atMs + last.lengthMs, rate(last)]];
}

/** From the start of the schedule to the latest end of a slice, milliseconds. */
export function timeDomain(slices: readonly Slice[]): Span {
  return { from: 0, to: Math.max(1, ...slices.map(({ atMs, lengthMs }) => atMs + lengthMs)) };
}

/** All values that the latency axis has to hold. */
export function latencyValues(slices: readonly Slice[]): readonly number[] {
  return slices.flatMap((slice) => [slice.p50, slice.max].filter((value) => value !== null));
}

/** The data behind a chart over time. Of neighbouring slices that share a row, the one with the highest latency is shown, and the longest GC pause of all. */
export function slicesTable(
  { slices, marks }: { readonly slices: readonly Slice[]; readonly marks: readonly Mark[] },
  position: (ms: number) => number,
): ChartTable {
  const perRow = Math.max(1, Math.ceil(slices.length / MOST_ROWS));
  const columns = markColumns(marks);
  const rows: { readonly worst: Slice; readonly marks: readonly string[] }[] = [];
  for (let start = 0; start < slices.length; start += perRow) {
    const shared = slices.slice(start, start + perRow);
    const worst = shared.reduce((high, slice) => ((slice.max ?? 0) > (high.max ?? 0) ? slice : high));
    const fromMs = shared[0]?.atMs ?? 0;
    const toMs = Math.max(...shared.map(({ atMs, lengthMs }) => atMs + lengthMs));
    rows.push({ worst, marks: columns.map(({ cell }) => cell(fromMs, toMs)) });
  }
  const milliseconds = (value: number | null | undefined) =>
    value == null ? '–' : significant(value / 1_000);
  const [first] = slices;
  return {
    caption: `Slices of ${first?.lengthMs ?? 0} ms by due instant${perRow > 1 ? `; of each ${perRow} slices the one with the highest latency${columns.length > 0 ? ', and the longest GC pause of all' : ''}` : ''}.`,
    headers: [
      'time, s',
      'p50, ms',
      'p99, ms',
      'max, ms',
      'offered, /s',
      'outputs, /s',
      'lag',
      ...columns.map(({ header }) => header),
    ],
    rows: rows.map(({ worst: slice, marks: cells }) => ({
      x: position(middle(slice)),
      cells: [
        String(Math.round(slice.atMs) / 1_000),
        milliseconds(percentilePoints([slice], 'p50')[0]?.[1]),
        milliseconds(percentilePoints([slice], 'p99')[0]?.[1]),
        milliseconds(slice.max),
        whole((slice.offered * 1_000) / slice.lengthMs),
        whole((slice.outputs * 1_000) / slice.lengthMs),
        whole(slice.lag),
        ...cells,
      ],
    })),
  };
}
