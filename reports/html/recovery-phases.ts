import { CHART_WIDTH, type Chart, linearScale, short } from '../charts/index.ts';
import { type Group, measuredRuns, middleRun, seriesName } from '../comparison/index.ts';
import { html, type Markup } from '../markup/index.ts';
import type { Cell, Kill } from '../model/index.ts';
import { percent, scaleFor, whole } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { PHASES } from './kill-phases.ts';
import { MOST_KILLS_IN_A_ROW } from './recovery.ts';
import { engineStyle } from './series-style.ts';
import { secondsTick } from './time-label.ts';

const LEFT = 92;
/** Leaves room for the durations, which stand at the right of their brackets. */
const RIGHT = CHART_WIDTH - 136;
const ROW_HEIGHT = 17;
const HEADING_HEIGHT = 24;

interface Killed {
  readonly cell: Cell;
  readonly kill: Kill;
  readonly number: number;
}

/** The phases of each recovery of a group as brackets on one axis that starts at the kill; null when nothing was killed. */
export function recoveryPhasesChart(group: Group): Chart | null {
  const kills = group.cells.flatMap(({ cell }) =>
    measuredRuns(cell, 'recovery')
      .flatMap((run) => run.figures.kills)
      .map((kill, i): Killed => ({ cell, kill, number: i + 1 })),
  );
  if (kills.length === 0) return null;
  const drawn = group.cells.flatMap(({ cell }) => drawnOf(kills.filter((killed) => killed.cell === cell)));
  const longest = Math.max(1, ...drawn.flatMap(({ kill }) => PHASES.map(([, at]) => at(kill) ?? 0)));
  const x = linearScale({ from: 0, to: longest * 1.02 }, { from: LEFT, to: RIGHT }, 6, secondsTick);
  const blockHeight = HEADING_HEIGHT + PHASES.length * ROW_HEIGHT;
  const bottom = drawn.length * blockHeight + 8;
  const grid = x.ticks.map((tick) => {
    const at = short(x.position(tick.at));
    return html`<path class="grid" d="M${at} 4V${bottom}"/><text class="tick mid" x="${at}" y="${bottom + 16}">${tick.label}</text>`;
  });
  return {
    id: chartId('phases', group),
    title: `${group.workload}, ${group.guarantee}: from SIGKILL to caught up`,
    description: `The phases of ${kills.length} recoveries, each from the end of the one before. The table has all of them.`,
    height: bottom + 40,
    cursor: null,
    drawing: [
      html`${grid}<path class="axis" d="M${LEFT} 4V${bottom}H${RIGHT}"/><text class="axis-title mid" x="${(LEFT + RIGHT) / 2}" y="${bottom + 32}">time since the SIGKILL, s</text>`,
      ...drawn.map((killed, i) => drawKill(killed, i * blockHeight, (ms) => x.position(ms))),
    ],
    legend:
      drawn.length < kills.length
        ? html`Of each engine the kill with the middle time to its first output is drawn; all ${kills.length} stand in the table.`
        : null,
    table: tableOf(kills),
  };
}

/** A few kills are all drawn; of many the middle one. */
function drawnOf(kills: readonly Killed[]): readonly Killed[] {
  if (kills.length <= MOST_KILLS_IN_A_ROW) return kills;
  const middle = middleRun(kills, ({ kill }) => kill.firstOutputMs ?? Number.POSITIVE_INFINITY);
  return middle === null ? [] : [middle];
}

function drawKill({ cell, kill, number }: Killed, top: number, position: (ms: number) => number): Markup {
  const scale = scaleFor(
    'ms',
    PHASES.flatMap(([, at]) => at(kill) ?? []),
  );
  let fromMs = 0;
  const rows = PHASES.map(([name, at], i) => {
    const y = top + HEADING_HEIGHT + (i + 0.5) * ROW_HEIGHT;
    const toMs = at(kill);
    const label = html`<text class="tick end" x="${LEFT - 6}" y="${short(y + 4)}">${name}</text>`;
    if (toMs === null) {
      return html`${label}<text class="duration" x="${LEFT + 6}" y="${short(y + 4)}">not before the end of the run</text>`;
    }
    const from = position(Math.min(fromMs, toMs));
    const to = position(toMs);
    const duration =
      i === 0 ? scale.format(toMs) : `+${scale.format(Math.max(0, toMs - fromMs))} = ${scale.format(toMs)}`;
    fromMs = toMs;
    const text = html`<text class="duration" x="${short(to + 6)}" y="${short(y + 4)}">${duration} ${scale.unit}</text>`;
    return html`${label}<path class="bracket" d="M${short(from)} ${short(y - 5)}v10M${short(from)} ${short(y)}H${short(to)}M${short(to)} ${short(y - 5)}v10"/>${text}`;
  });
  const { style } = engineStyle(cell.engine);
  return html`<g class="${style}"><text class="heading" x="${LEFT + 6}" y="${top + 17}">${cut(seriesName(cell))}, kill ${number}</text>${rows}</g>`;
}

/** Characters of a cell's name that leave a heading inside the drawing. */
const LONGEST_NAME = 46;

const cut = (name: string) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

function tableOf(kills: readonly Killed[]): Chart['table'] {
  const scale = scaleFor(
    'ms',
    kills.flatMap(({ kill }) => PHASES.flatMap(([, at]) => at(kill) ?? [])),
  );
  return {
    caption: `Milliseconds or seconds from the SIGKILL, and what was read again. Phase of the interval: 0 is just after a checkpoint or batch.`,
    headers: [
      'kill',
      'at, s',
      'phase of the interval',
      ...PHASES.map(([name]) => `${name}, ${scale.unit}`),
      'replayed',
    ],
    rows: kills.map(({ cell, kill, number }) => ({
      x: null,
      cells: [
        `${seriesName(cell)} ${number}`,
        secondsTick(kill.atMs),
        percent(kill.phase),
        ...PHASES.map(([, at]) => {
          const value = at(kill);
          return value === null ? 'never' : scale.format(value);
        }),
        whole(kill.replayedRecords),
      ],
    })),
  };
}
