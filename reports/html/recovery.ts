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
import { html } from '../markup/index.ts';
import type { Cell, RecoveryRun } from '../model/index.ts';
import { chartId } from './chart-id.ts';
import { sample } from './over-time.ts';
import { engineStyle } from './series-style.ts';
import {
  lagPoints,
  latencyValues,
  maximumPoints,
  percentilePoints,
  slicesTable,
  timeDomain,
} from './slices.ts';
import { countTick, latencyTick, secondsTick } from './time-label.ts';

const LEFT = 58;
const RIGHT = CHART_WIDTH - 12;
const LATENCY = { top: 30, bottom: 170 };
const LAG = { top: 200, bottom: 270 };

type Measured = RecoveryRun & { readonly figures: NonNullable<RecoveryRun['figures']> };

/** Latency and lag around each kill, one chart a recovery run that passed; both axes of values are the same for a whole group. */
export function recoveryCharts(group: Group): readonly Chart[] {
  const runs = group.cells.flatMap(({ cell }) =>
    passedRecoveryRuns(cell).map((run, i) => ({ cell, run, i })),
  );
  const domain = logDomain(runs.flatMap(({ run }) => latencyValues(run.figures.slices)));
  if (domain === null) return [];
  const highestLag = Math.max(1, ...runs.flatMap(({ run }) => run.figures.slices.map((slice) => slice.lag)));
  return runs.map(({ cell, run, i }) => recoveryChart(group, cell, run, i, domain, highestLag));
}

/** The recovery runs of a cell that carry figures. */
export function passedRecoveryRuns(cell: Cell): readonly Measured[] {
  return cell.runs.filter(
    (run): run is Measured => run.kind === 'recovery' && run.outcome === 'passed' && run.figures !== null,
  );
}

function recoveryChart(
  group: Group,
  cell: Cell,
  run: Measured,
  index: number,
  domain: Span,
  highestLag: number,
): Chart {
  const { slices, kills, marks } = run.figures;
  const { style } = engineStyle(cell.engine);
  const time = timeDomain(slices);
  const x = linearScale(time, { from: LEFT, to: RIGHT }, 7, secondsTick);
  const bands = kills.map((kill) => ({
    from: kill.atMs,
    to: kill.caughtUpMs === null ? time.to : kill.atMs + kill.caughtUpMs,
    style: 'outage',
  }));
  const verticals = kills.flatMap((kill, i) => [
    { at: kill.atMs, style: 'kill', label: null, title: `kill ${i + 1}` },
    ...[kill.detectedMs, kill.restartedMs, kill.restoredMs, kill.firstOutputMs, kill.caughtUpMs]
      .filter((phaseMs) => phaseMs !== null)
      .map((phaseMs) => ({ at: kill.atMs + phaseMs, style: 'phase', label: null, title: null })),
  ]);
  const shared = { left: LEFT, right: RIGHT, x, bands, rug: null };
  const line = (points: Series['points'], modifier: string, shape: Series['shape']): Series => ({
    points,
    shape,
    style: `${style} ${modifier}`,
    endLabel: null,
    marker: 'none',
  });
  return {
    id: `${chartId('recovery', group, cell)}-${index + 1}`,
    title: `${seriesName(cell)}: ${group.workload}, ${group.guarantee}`,
    description: `Latency by due instant and lag around ${kills.length} SIGKILL${kills.length === 1 ? '' : 's'} of the engine's process. ${kills.map(describeKill).join(' ')}`,
    height: LAG.bottom + 40,
    cursor: { top: LATENCY.top, bottom: LAG.bottom },
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
        verticals: verticals.map(({ title, ...vertical }) => ({ ...vertical, label: title })),
        rug: { positions: marks.map((mark) => mark.atMs), style },
      }),
      drawPanel({
        ...shared,
        ...LAG,
        y: linearScale({ from: 0, to: highestLag }, { from: LAG.bottom, to: LAG.top }, 3, countTick),
        xTitle: 'time since the start of the schedule, s',
        yTitle: 'lag, inputs offered and not covered',
        series: [line(slices.length === 0 ? [] : [[0, 0], ...lagPoints(slices)], 'p99', 'step')],
        verticals,
      }),
    ],
    legend: html`${sample(style, 'p50')} p50 and ${sample(style, 'p99')} p99 of a slice, where ten samples lie beyond · ${sample(style, 'max dots')} maximum · ${sample('kill', '')} SIGKILL · ${sample('phase', '')} end of a phase · <span class="swatch outage"></span> until caught up`,
    table: slicesTable(slices, (ms) => x.position(ms)),
  };
}

function describeKill(kill: Measured['figures']['kills'][number], i: number): string {
  const first =
    kill.firstOutputMs === null
      ? 'no output before the end'
      : `first output after ${Math.round(kill.firstOutputMs)} ms`;
  const caughtUp =
    kill.caughtUpMs === null
      ? 'not caught up before the end'
      : `caught up after ${Math.round(kill.caughtUpMs)} ms`;
  return `Kill ${i + 1} at ${secondsTick(kill.atMs)} s: ${first}, ${caughtUp}.`;
}
