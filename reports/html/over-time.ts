import {
  CHART_WIDTH,
  type Chart,
  drawPanel,
  linearScale,
  logDomain,
  logScale,
  type Series,
  type Span,
} from '../charts/index.ts';
import { type Group, seriesName } from '../comparison/index.ts';
import { html, type Markup } from '../markup/index.ts';
import type { Cell, LatencyRun } from '../model/index.ts';
import { chartId } from './chart-id.ts';
import { engineStyle } from './series-style.ts';
import {
  lagPoints,
  latencyValues,
  maximumPoints,
  percentilePoints,
  ratePoints,
  slicesTable,
  timeDomain,
} from './slices.ts';
import { countTick, latencyTick, secondsTick } from './time-label.ts';

const LEFT = 58;
const RIGHT = CHART_WIDTH - 12;
const LATENCY = { top: 22, bottom: 182 };
const LAG = { top: 212, bottom: 262 };
const THROUGHPUT = { top: 292, bottom: 342 };

type Measured = LatencyRun & { readonly figures: NonNullable<LatencyRun['figures']> };

/** Latency, lag and throughput over time, one chart a latency run that passed; the latency axis is the same for a whole group. */
export function overTimeCharts(group: Group): readonly Chart[] {
  const runs = group.cells.flatMap(({ cell }) => passedRuns(cell).map((run, i) => ({ cell, run, i })));
  const domain = logDomain(runs.flatMap(({ run }) => latencyValues(run.figures.slices)));
  if (domain === null) return [];
  return runs.map(({ cell, run, i }) => overTimeChart(group, cell, run, i, domain));
}

function overTimeChart(group: Group, cell: Cell, run: Measured, index: number, domain: Span): Chart {
  const { slices, marks, warmupMs } = run.figures;
  const { style } = engineStyle(cell.engine);
  const time = timeDomain(slices);
  const x = linearScale(time, { from: LEFT, to: RIGHT }, 7, secondsTick);
  const warmup = warmupMs > 0 ? [{ from: 0, to: warmupMs, style: 'warmup' }] : [];
  const shared = { left: LEFT, right: RIGHT, x, bands: warmup, verticals: [] };
  const line = (points: Series['points'], modifier: string, shape: Series['shape']): Series => ({
    points,
    shape,
    style: `${style} ${modifier}`,
    endLabel: null,
    marker: 'none',
  });
  const lag = lagPoints(slices);
  const offered = ratePoints(slices, 'offered');
  const outputs = ratePoints(slices, 'outputs');
  // Room above the highest value, so that its line is not the frame.
  const highest = (points: Series['points'][]) => 1.1 * Math.max(1, ...points.flat().map(([, y]) => y ?? 0));
  return {
    id: `${chartId('time', group, cell)}-${index + 1}`,
    title: `${seriesName(cell)}: ${group.workload}, ${group.guarantee}`,
    description: `Latency by due instant, lag and throughput of one run over ${secondsTick(time.to)} seconds, of which the first ${secondsTick(warmupMs)} are warm-up.`,
    height: THROUGHPUT.bottom + 40,
    cursor: { top: LATENCY.top, bottom: THROUGHPUT.bottom },
    drawing: [
      drawPanel({
        ...shared,
        ...LATENCY,
        y: logScale(domain, { from: LATENCY.bottom - 8, to: LATENCY.top }, latencyTick),
        xTitle: null,
        yTitle: 'latency by due instant',
        series: [
          line(maximumPoints(slices), 'max', 'dots'),
          line(percentilePoints(slices, 'p50'), 'p50', 'line'),
          line(percentilePoints(slices, 'p99'), 'p99', 'line'),
        ],
        rug: { positions: marks.map((mark) => mark.atMs), style },
      }),
      drawPanel({
        ...shared,
        ...LAG,
        y: linearScale({ from: 0, to: highest([lag]) }, { from: LAG.bottom, to: LAG.top }, 2, countTick),
        xTitle: null,
        yTitle: 'lag, inputs offered and not covered',
        series: [line(lag, 'p99', 'step')],
        rug: null,
      }),
      drawPanel({
        ...shared,
        ...THROUGHPUT,
        y: linearScale(
          { from: 0, to: highest([offered, outputs]) },
          { from: THROUGHPUT.bottom, to: THROUGHPUT.top },
          2,
          countTick,
        ),
        xTitle: 'time since the start of the schedule, s',
        yTitle: 'throughput, a second',
        series: [line(outputs, 'p99', 'step'), { ...line(offered, '', 'step'), style: 'offered' }],
        rug: null,
      }),
    ],
    legend: legendOf(style, marks[0]?.kind, warmupMs),
    table: slicesTable(slices, (ms) => x.position(ms)),
  };
}

/** Explains the lines of a chart over time. */
function legendOf(style: string, mark: 'checkpoint' | 'batch' | undefined, warmupMs: number): Markup {
  const marks = mark === undefined ? null : html`${sample(style, 'rug')} start of a ${mark} · `;
  const warmup = warmupMs > 0 ? html`<span class="swatch warmup"></span> warm-up · ` : null;
  return html`${sample(style, 'p50')} p50 and ${sample(style, 'p99')} p99 of a slice, where ten samples lie beyond · ${sample(
    style,
    'max dots',
  )} maximum · ${marks}${warmup}${sample('offered', '')} offered`;
}

/** A short piece of a line as it is drawn in the chart. */
export function sample(style: string, modifier: string): Markup {
  if (modifier === 'rug') {
    return html`<svg class="sample" viewBox="0 0 24 10" aria-hidden="true"><path class="rug ${style}" d="M6 2v6M12 2v6M18 2v6"/></svg>`;
  }
  const path = modifier.includes('dots') ? 'M4 5h0M12 5h0M20 5h0' : 'M1 5h22';
  return html`<svg class="sample" viewBox="0 0 24 10" aria-hidden="true"><path class="series ${style} ${modifier}" d="${path}"/></svg>`;
}

function passedRuns(cell: Cell): readonly Measured[] {
  return cell.runs.filter(
    (run): run is Measured => run.kind === 'latency' && run.outcome === 'passed' && run.figures !== null,
  );
}
