import {
  CHART_WIDTH,
  drawPanel,
  linearScale,
  logScale,
  type Panel,
  type Series,
  type Span,
} from '../charts/index.ts';
import { html, type Markup } from '../markup/index.ts';
import type { Mark, Slice } from '../model/index.ts';
import { latencyHeat } from './latency-heat.ts';
import { gcRug, marksLegend, plannedMarks } from './latency-marks.ts';
import { sample } from './legend.ts';
import { lagPoints, maximumPoints, percentilePoints } from './slices.ts';
import { countTick, latencyTick } from './time-label.ts';

/** Vertical extent of a panel. */
export interface Area {
  readonly top: number;
  readonly bottom: number;
}

/** Left and right end of all panels over time. */
export const TIME_RANGE: Span = { from: 58, to: CHART_WIDTH - 12 };

/** What the panels over time of one run share. */
export interface TimeAxis extends Pick<Panel, 'x' | 'bands'> {
  readonly style: string;
}

/** A line of a panel over time, in the colour of its engine. */
export function timeLine(
  style: string,
  points: Series['points'],
  modifier: string,
  shape: Series['shape'],
): Series {
  return { points, shape, style: `${style} ${modifier}`, endLabel: null, marker: 'none' };
}

/** Latency by due instant: p50, p99 and maximum of each slice, with checkpoints or batches as strokes at the bottom and pauses of the garbage collector as triangles below. */
export function latencyPanel(
  axis: TimeAxis,
  area: Area,
  domain: Span,
  { slices, marks }: { readonly slices: readonly Slice[]; readonly marks: readonly Mark[] },
  more: {
    readonly verticals: Panel['verticals'];
    readonly series: readonly Series[];
    /** Whether the counts of the slices are shaded behind the lines. */
    readonly heat: boolean;
  },
): Markup {
  const { style, x, bands } = axis;
  const y = logScale(domain, { from: area.bottom - 8, to: area.top }, latencyTick);
  const panel = drawPanel({
    left: TIME_RANGE.from,
    right: TIME_RANGE.to,
    ...area,
    x,
    y,
    xTitle: null,
    yTitle: 'latency by due instant',
    series: [
      ...more.series,
      timeLine(style, maximumPoints(slices), 'max', 'dots'),
      timeLine(style, percentilePoints(slices, 'p50'), 'p50', 'line'),
      timeLine(style, percentilePoints(slices, 'p99'), 'p99', 'line'),
    ],
    bands,
    verticals: more.verticals,
    rug: { positions: plannedMarks(marks).map((mark) => mark.atMs), style },
    ground: more.heat ? latencyHeat(slices, x, y, domain, area) : null,
  });
  return html`${panel}${gcRug(marks, x, area.bottom)}`;
}

/** Inputs offered and not yet covered. */
export function lagPanel(
  axis: TimeAxis,
  area: Area,
  highest: number,
  slices: readonly Slice[],
  more: Pick<Panel, 'xTitle' | 'verticals'>,
): Markup {
  const { style, x, bands } = axis;
  const points: Series['points'] = slices.length === 0 ? [] : [[0, 0], ...lagPoints(slices)];
  return drawPanel({
    left: TIME_RANGE.from,
    right: TIME_RANGE.to,
    ...area,
    x,
    y: linearScale({ from: 0, to: highest }, { from: area.bottom, to: area.top }, 2, countTick),
    xTitle: more.xTitle,
    yTitle: 'lag, inputs offered and not covered',
    series: [timeLine(style, points, 'p99', 'step')],
    bands,
    verticals: more.verticals,
    rug: null,
  });
}

/** Legend of a latency panel: its lines, dots and marks. */
export function latencyLegend(style: string, marks: readonly Mark[]): readonly (Markup | null)[] {
  return [
    html`${sample(style, 'p50')} p50 and ${sample(style, 'p99')} p99 of a slice, where ten samples lie beyond`,
    html`${sample(style, 'max dots')} maximum`,
    ...marksLegend(style, marks),
  ];
}
