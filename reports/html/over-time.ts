import { type Chart, drawPanel, linearScale, logDomain, type Series, type Span } from '../charts/index.ts';
import {
  floorFor,
  type Group,
  type Measured,
  measuredRuns,
  middleRun,
  seriesName,
} from '../comparison/index.ts';
import { html } from '../markup/index.ts';
import type { Cell, Floor } from '../model/index.ts';
import { chartId } from './chart-id.ts';
import { heatLegend, lowestHeat } from './latency-heat.ts';
import { describeMarks } from './latency-marks.ts';
import { lagPanel, latencyLegend, latencyPanel, TIME_RANGE, timeLine } from './latency-panels.ts';
import { legend, sample } from './legend.ts';
import { engineStyle } from './series-style.ts';
import { lagPoints, latencyValues, ratePoints, slicesTable, timeDomain } from './slices.ts';
import { countTick, secondsTick } from './time-label.ts';

const LATENCY = { top: 22, bottom: 182 };
const LAG = { top: 212, bottom: 262 };
const THROUGHPUT = { top: 292, bottom: 342 };

interface Drawn {
  readonly cell: Cell;
  readonly run: Measured<'latency'>;
  /** Latency runs of the cell that passed; of several the one with the middle p99 is drawn. */
  readonly runs: number;
  readonly floor: Floor | null;
}

/** Latency, lag and throughput over time, one chart a cell with a latency run that passed; the latency axis is the same for a whole group. */
export function overTimeCharts(group: Group): readonly Chart[] {
  const drawn = group.cells.flatMap((figures): readonly Drawn[] => {
    const runs = measuredRuns(figures.cell, 'latency').filter((run) => run.figures.slices.length > 0);
    const run = middleRun(runs, (one) => one.figures.latency.p99 ?? 0);
    return run === null
      ? []
      : [{ cell: figures.cell, run, runs: runs.length, floor: floorFor(group, figures) }];
  });
  const domain = logDomain(
    drawn.flatMap(({ run, floor }) => [
      ...latencyValues(run.figures.slices),
      floor?.latency.p50 ?? 0,
      lowestHeat(run.figures.slices) ?? 0,
    ]),
  );
  // One axis of time for all, so that one cursor serves them.
  const time = timeDomain(drawn.flatMap(({ run }) => run.figures.slices.slice(-1)));
  return domain === null ? [] : drawn.map((one) => overTimeChart(group, one, domain, time));
}

function overTimeChart(group: Group, { cell, run, runs, floor }: Drawn, domain: Span, time: Span): Chart {
  const { slices, marks, warmupMs, warmupEndedBy } = run.figures;
  const { style } = engineStyle(cell.engine);
  const x = linearScale(time, TIME_RANGE, 7, secondsTick);
  const axis = { style, x, bands: warmupMs > 0 ? [{ from: 0, to: warmupMs, style: 'warmup' }] : [] };
  const offered = ratePoints(slices, 'offered');
  const outputs = ratePoints(slices, 'outputs');
  // Room above the highest value, so that its line is not the frame.
  const highest = (points: Series['points'][]) => 1.1 * Math.max(1, ...points.flat().map(([, y]) => y ?? 0));
  const floorLines = [floor?.latency.p50, floor?.latency.p99].filter((value) => value != null);
  return {
    id: chartId('time', group, cell),
    title: `${seriesName(cell)}: ${group.workload}, ${group.guarantee}${runs > 1 ? ` (the run with the middle p99 of ${runs})` : ''}`,
    description: `Latency by due instant, lag and throughput of one run over ${secondsTick(timeDomain(slices).to)} seconds, of which the first ${secondsTick(warmupMs)} are warm-up${WARMUP_ENDS[warmupEndedBy]}.${describeMarks(marks)}`,
    height: THROUGHPUT.bottom + 40,
    cursor: { top: LATENCY.top, bottom: THROUGHPUT.bottom },
    axis: `time ${time.to}`,
    drawing: [
      latencyPanel(axis, LATENCY, domain, run.figures, {
        verticals: [],
        heat: true,
        series: floorLines.map((value) => ({
          ...timeLine(
            '',
            [
              [0, value],
              [time.to, value],
            ],
            '',
            'line',
          ),
          style: 'floor',
        })),
      }),
      lagPanel(axis, LAG, highest([lagPoints(slices)]), slices, { xTitle: null, verticals: [] }),
      drawPanel({
        left: TIME_RANGE.from,
        right: TIME_RANGE.to,
        ...THROUGHPUT,
        x,
        y: linearScale(
          { from: 0, to: highest([offered, outputs]) },
          { from: THROUGHPUT.bottom, to: THROUGHPUT.top },
          2,
          countTick,
        ),
        xTitle: 'time since the start of the schedule, s',
        yTitle: 'throughput, a second',
        series: [
          timeLine(style, outputs, 'p99', 'step'),
          { ...timeLine('', offered, '', 'step'), style: 'offered' },
        ],
        bands: axis.bands,
        verticals: [],
        rug: null,
      }),
    ],
    legend: legend([
      ...latencyLegend(style, marks),
      heatLegend(slices),
      floorLines.length === 0 ? null : html`${sample('floor', '')} p50 and p99 with no engine`,
      warmupMs > 0 ? html`<span class="swatch warmup"></span> warm-up${WARMUP_ENDS[warmupEndedBy]}` : null,
      html`${sample('offered', '')} offered`,
    ]),
    table: slicesTable(run.figures, (ms) => x.position(ms)),
  };
}

const WARMUP_ENDS = {
  steady: ', until the latency was steady',
  maximum: ', as long as allowed: the latency never became steady',
  fixed: '',
} as const;
