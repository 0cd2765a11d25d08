import {
  CHART_WIDTH,
  type Chart,
  drawPanel,
  linearScale,
  logDomain,
  logScale,
  type Point,
  rightFor,
  type Scale,
  type Series,
} from '../charts/index.ts';
import { type Contest, type Group, measuredRuns, seriesName } from '../comparison/index.ts';
import { html } from '../markup/index.ts';
import type { Cell, Kill, Slice } from '../model/index.ts';
import { significant, whole } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { PHASES } from './kill-phases.ts';
import { legend, sample } from './legend.ts';
import { engineStyle } from './series-style.ts';
import { ratePoints } from './slices.ts';
import { countTick, latencyTick, secondsTick } from './time-label.ts';

/** Leaves room for the names of the phases. */
const LEFT = 92;
const LATENCY = { top: 22, bottom: 152 };
const LAG = { top: 182, bottom: 242 };
const THROUGHPUT = { top: 272, bottom: 332 };
const ENDS = { top: 362, bottom: 442 };
/** Drawn before the kill, so that the reader sees where it came from. */
const BEFORE_MS = 1_000;
/** Slices in a row of the table behind the chart, so that a chart has about this many rows an engine. */
const ROWS_AN_ENGINE = 16;

interface Overlaid {
  readonly cell: Cell;
  /** Slices around each kill, their times from the kill. */
  readonly kills: readonly (readonly Slice[])[];
  readonly faults: readonly Kill[];
  readonly offeredRatePerSecond: number;
}

/** All kills of a contest over each other, aligned at the kill; null where no cell has two. */
export function killOverlayChart(group: Group, contest: Contest): Chart | null {
  const untilMs =
    1.25 * Math.max(0, ...killsOf(contest).map(({ caughtUpMs }) => caughtUpMs ?? 0)) + BEFORE_MS;
  const overlaid = contest.cells.flatMap(({ cell }): readonly Overlaid[] => {
    const runs = measuredRuns(cell, 'recovery');
    const kills = runs.flatMap(({ figures }) =>
      figures.kills.map((kill, i) => around(figures.slices, kill, figures.kills[i + 1], untilMs)),
    );
    const faults = runs.flatMap(({ figures }) => figures.kills);
    const offeredRatePerSecond = runs[0]?.figures.offeredRatePerSecond ?? 0;
    return kills.length < 2 ? [] : [{ cell, kills, faults, offeredRatePerSecond }];
  });
  const slices = overlaid.flatMap(({ kills }) => kills.flat());
  const domain = logDomain(slices.flatMap(({ max }) => max ?? []));
  const [first] = overlaid;
  if (domain === null || first === undefined) return null;
  const right = rightFor(overlaid.map(({ cell }) => sideName(cell)));
  const x = linearScale({ from: -BEFORE_MS, to: untilMs }, { from: LEFT, to: right }, 6, secondsTick);
  const highestLag = Math.max(1, ...slices.map(({ lag }) => lag));
  const outputs = overlaid.flatMap(({ cell, kills }) =>
    linesOf(cell, kills, (of) => ratePoints(of, 'outputs'), false),
  );
  const { offeredRatePerSecond } = first;
  const highestRate =
    1.1 *
    Math.max(
      1,
      offeredRatePerSecond,
      ...outputs.flatMap(({ points }) => points.map(([, rate]) => rate ?? 0)),
    );
  const shared = {
    left: LEFT,
    right,
    x,
    bands: [],
    rug: null,
    verticals: [{ at: 0, style: 'kill', label: null }],
  };
  const lines = (pick: (slice: Slice) => Point, isLabelled: boolean) =>
    overlaid.flatMap(({ cell, kills }) => linesOf(cell, kills, (of) => of.map(pick), isLabelled));
  const count = overlaid.reduce((sum, { kills }) => sum + kills.length, 0);
  return {
    id: chartId('kills', group, first.cell),
    title: `${group.workload}, ${group.guarantee}: ${count} kills over each other${contest.name === null ? '' : ` (${contest.name})`}`,
    description: `The highest latency by due instant, the lag and the outputs a second of each slice, and the end of each phase, for every kill, from ${secondsTick(BEFORE_MS)} s before it. One thin line or dot a kill. ${overlaid.map(({ cell, kills }) => `${sideName(cell)}: ${kills.length} kills.`).join(' ')}`,
    height: ENDS.bottom + 40,
    cursor: { top: LATENCY.top, bottom: ENDS.bottom },
    drawing: [
      drawPanel({
        ...shared,
        ...LATENCY,
        y: logScale(domain, { from: LATENCY.bottom, to: LATENCY.top }, latencyTick),
        xTitle: null,
        yTitle: 'highest latency of a slice, by due instant',
        series: lines(({ atMs, lengthMs, max }) => [atMs + lengthMs / 2, max], true),
      }),
      drawPanel({
        ...shared,
        ...LAG,
        y: linearScale({ from: 0, to: highestLag }, { from: LAG.bottom, to: LAG.top }, 3, countTick),
        xTitle: null,
        yTitle: 'lag, inputs offered and not covered',
        series: lines(({ atMs, lengthMs, lag }) => [atMs + lengthMs, lag], false),
      }),
      drawPanel({
        ...shared,
        ...THROUGHPUT,
        y: linearScale(
          { from: 0, to: highestRate },
          { from: THROUGHPUT.bottom, to: THROUGHPUT.top },
          2,
          countTick,
        ),
        xTitle: null,
        yTitle: 'throughput, a second',
        series: [
          ...outputs,
          {
            points: [
              [-BEFORE_MS, offeredRatePerSecond],
              [untilMs, offeredRatePerSecond],
            ],
            shape: 'line',
            style: 'offered',
            endLabel: null,
            marker: 'none',
          },
        ],
      }),
      drawPanel({
        ...shared,
        ...ENDS,
        y: PHASE_SCALE,
        xTitle: 'time since the SIGKILL, s',
        yTitle: 'end of each phase',
        series: overlaid.flatMap((one, i) => phaseEnds(one, (i + 1) / (overlaid.length + 1))),
      }),
    ],
    legend: legend([
      html`One thin line a kill`,
      html`${sample('kill', '')} SIGKILL`,
      html`${sample('offered', '')} offered`,
      html`ends of phases: one dot a kill${overlaid.length > 1 ? `, in each row ${overlaid.map(({ cell }) => sideName(cell)).join(' above ')}` : ''}`,
    ]),
    table: tableOf(overlaid, untilMs, (ms) => x.position(ms)),
  };
}

/** The variables stand in the title. */
const sideName = (cell: Cell) => seriesName({ ...cell, variables: {} });

const killsOf = ({ cells }: Contest): readonly Kill[] =>
  cells.flatMap(({ cell }) => measuredRuns(cell, 'recovery').flatMap(({ figures }) => figures.kills));

/** The slices around a kill, up to the next one. */
function around(
  slices: readonly Slice[],
  kill: Kill,
  next: Kill | undefined,
  untilMs: number,
): readonly Slice[] {
  const endMs = Math.min(untilMs, next === undefined ? untilMs : next.atMs - kill.atMs);
  return slices
    .map((slice) => ({ ...slice, atMs: slice.atMs - kill.atMs }))
    .filter(({ atMs, lengthMs }) => atMs >= -BEFORE_MS && atMs + lengthMs <= endMs);
}

/** The phases as rows, the first on top: row `i` reaches from value `i` to `i + 1`. */
const PHASE_SCALE: Scale = {
  ticks: PHASES.map(([label], i) => ({ at: i + 0.5, label })),
  position: (value) => ENDS.top + (value / PHASES.length) * (ENDS.bottom - ENDS.top),
};

/** A dot for each kill that reached a phase, `place` of the way down the phase's row. */
function phaseEnds({ cell, faults }: Overlaid, place: number): readonly Series[] {
  return PHASES.map(([, at], i) => ({
    points: faults.flatMap((kill): readonly Point[] => {
      const endMs = at(kill);
      return endMs === null ? [] : [[endMs, i + place]];
    }),
    shape: 'dots',
    style: engineStyle(cell.engine).style,
    endLabel: null,
    marker: 'none',
  }));
}

/** A line for each kill of a cell; the label stands at the end of the last. */
function linesOf(
  cell: Cell,
  kills: Overlaid['kills'],
  pointsOf: (slices: readonly Slice[]) => readonly Point[],
  isLabelled: boolean,
): readonly Series[] {
  const { style, marker } = engineStyle(cell.engine);
  return kills.map((slices, i) => {
    const isLast = isLabelled && i === kills.length - 1;
    return {
      points: pointsOf(slices),
      shape: 'line',
      style: `${style} kill-line`,
      endLabel: isLast ? sideName(cell) : null,
      marker: isLast ? marker : 'none',
    };
  });
}

function tableOf(
  overlaid: readonly Overlaid[],
  untilMs: number,
  position: (ms: number) => number,
): Chart['table'] {
  const stepMs = (untilMs + BEFORE_MS) / ROWS_AN_ENGINE;
  const rows = overlaid.flatMap(({ cell, kills }) =>
    Array.from({ length: ROWS_AN_ENGINE }, (_, i) => {
      const fromMs = -BEFORE_MS + i * stepMs;
      const inside = kills.flat().filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + stepMs);
      return { cell, fromMs, inside };
    }),
  );
  return {
    caption: `Of all kills, the worst in each ${secondsTick(stepMs)} s.`,
    headers: ['time from the kill, s', 'engine', 'highest latency, ms', 'highest lag', 'lowest outputs, /s'],
    rows: rows
      .filter(({ inside }) => inside.length > 0)
      .sort((a, b) => a.fromMs - b.fromMs)
      .map(({ cell, fromMs, inside }) => ({
        x: Math.min(CHART_WIDTH, position(fromMs + stepMs / 2)),
        cells: [
          secondsTick(fromMs),
          sideName(cell),
          significant(Math.max(...inside.map(({ max }) => max ?? 0)) / 1_000),
          whole(Math.max(...inside.map(({ lag }) => lag))),
          whole(Math.min(...inside.map(({ outputs, lengthMs }) => (outputs * 1_000) / lengthMs))),
        ],
      })),
  };
}
