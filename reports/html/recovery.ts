import { type Chart, linearScale, logDomain, type Span } from '../charts/index.ts';
import { type Group, type Measured, measuredRuns, seriesName } from '../comparison/index.ts';
import { html } from '../markup/index.ts';
import type { Cell, Kill } from '../model/index.ts';
import { chartId } from './chart-id.ts';
import { describeMarks } from './latency-marks.ts';
import { lagPanel, latencyLegend, latencyPanel, TIME_RANGE } from './latency-panels.ts';
import { legend, sample } from './legend.ts';
import { engineStyle } from './series-style.ts';
import { latencyValues, slicesTable, timeDomain } from './slices.ts';
import { secondsTick } from './time-label.ts';

const LATENCY = { top: 30, bottom: 170 };
const LAG = { top: 200, bottom: 270 };

/** A run with more kills than this is drawn kill over kill instead, aligned at the kills. */
export const MOST_KILLS_IN_A_ROW = 3;

/**
 * Latency and lag around each kill, one chart a cell: its first recovery run that passed, if it has few kills. Both axes of values are
 * the same for a whole group.
 */
export function recoveryCharts(group: Group): readonly Chart[] {
  const drawn = group.cells.flatMap(({ cell }) => {
    const [run] = measuredRuns(cell, 'recovery');
    return run === undefined || run.figures.kills.length > MOST_KILLS_IN_A_ROW ? [] : [{ cell, run }];
  });
  const domain = logDomain(drawn.flatMap(({ run }) => latencyValues(run.figures.slices)));
  if (domain === null) return [];
  const highestLag = Math.max(1, ...drawn.flatMap(({ run }) => run.figures.slices.map((slice) => slice.lag)));
  return drawn.map(({ cell, run }) => recoveryChart(group, cell, run, domain, highestLag));
}

function recoveryChart(
  group: Group,
  cell: Cell,
  run: Measured<'recovery'>,
  domain: Span,
  highestLag: number,
): Chart {
  const { slices, kills, marks } = run.figures;
  const { style } = engineStyle(cell.engine);
  const time = timeDomain(slices);
  const x = linearScale(time, TIME_RANGE, 7, secondsTick);
  const bands = kills.map((kill) => ({
    from: kill.atMs,
    to: kill.caughtUpMs === null ? time.to : kill.atMs + kill.caughtUpMs,
    style: 'outage',
  }));
  const axis = { style, x, bands };
  const phases = kills.flatMap((kill) =>
    [kill.detectedMs, kill.restartedMs, kill.restoredMs, kill.firstOutputMs, kill.caughtUpMs]
      .filter((phaseMs) => phaseMs !== null)
      .map((phaseMs) => ({ at: kill.atMs + phaseMs, style: 'phase', label: null })),
  );
  const verticals = (label: (i: number) => string | null) => [
    ...kills.map((kill, i) => ({ at: kill.atMs, style: 'kill', label: label(i) })),
    ...phases,
  ];
  return {
    id: chartId('recovery', group, cell),
    title: `${seriesName(cell)}: ${group.workload}, ${group.guarantee}`,
    description: `Latency by due instant and lag around ${kills.length} SIGKILL${kills.length === 1 ? '' : 's'} of the engine's process. ${kills.map(describeKill).join(' ')}${describeMarks(marks)}`,
    height: LAG.bottom + 40,
    cursor: { top: LATENCY.top, bottom: LAG.bottom },
    drawing: [
      latencyPanel(axis, LATENCY, domain, run.figures, {
        verticals: verticals((i) => `kill ${i + 1}`),
        series: [],
        heat: false,
      }),
      lagPanel(axis, LAG, highestLag, slices, {
        xTitle: 'time since the start of the schedule, s',
        verticals: verticals(() => null),
      }),
    ],
    legend: legend([
      ...latencyLegend(style, marks),
      html`${sample('kill', '')} SIGKILL`,
      html`${sample('phase', '')} end of a phase`,
      html`<span class="swatch outage"></span> until caught up`,
    ]),
    table: slicesTable(run.figures, (ms) => x.position(ms)),
  };
}

function describeKill(kill: Kill, i: number): string {
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
