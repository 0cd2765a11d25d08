import { type Chart, drawPanel, linearScale, rightFor, type Series } from '../charts/index.ts';
import { type Group, measuredRuns, seriesName } from '../comparison/index.ts';
import { significant, whole } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { engineStyle } from './series-style.ts';
import { countTick, secondsTick } from './time-label.ts';

const LEFT = 58;
const TOP = 22;
const BOTTOM = 222;
const ROWS_A_CURVE = 10;

/** Inputs covered over time while engines work off a backlog; null when no drain run passed. */
export function drainChart(group: Group): Chart | null {
  const runs = group.cells.flatMap(({ cell }) => measuredRuns(cell, 'drain').map((run) => ({ cell, run })));
  if (runs.length === 0) return null;
  const longestMs = Math.max(1, ...runs.map(({ run }) => run.figures.lastOutputMs));
  const most = Math.max(1, ...runs.map(({ run }) => run.figures.events));
  const right = rightFor(runs.map(({ cell }) => seriesName(cell)));
  const x = linearScale({ from: 0, to: longestMs }, { from: LEFT, to: right }, 6, secondsTick);
  const y = linearScale({ from: 0, to: most }, { from: BOTTOM, to: TOP }, 5, countTick);
  const series = runs.map(
    ({ cell, run }): Series => ({
      points: [[0, 0], [run.figures.firstOutputMs, 0], ...run.figures.covered],
      shape: 'line',
      endLabel: seriesName(cell),
      ...engineStyle(cell.engine),
    }),
  );
  return {
    id: chartId('drain', group),
    title: `${group.workload}, ${group.guarantee}: working off a backlog`,
    description: `Inputs covered by committed outputs since the order to deploy, with start of the processes and warm-up. ${runs
      .map(
        ({ cell, run }) =>
          `${seriesName(cell)}: first output after ${Math.round(run.figures.firstOutputMs)} ms, ${whole(run.figures.events)} inputs covered after ${secondsTick(run.figures.lastOutputMs)} s.`,
      )
      .join(' ')}`,
    height: BOTTOM + 40,
    cursor: { top: TOP, bottom: BOTTOM },
    drawing: [
      drawPanel({
        left: LEFT,
        right,
        top: TOP,
        bottom: BOTTOM,
        x,
        y,
        xTitle: 'time since the order to deploy, s',
        yTitle: 'inputs covered',
        series,
        bands: [],
        verticals: [],
        rug: null,
      }),
    ],
    legend: null,
    table: {
      caption: 'Inputs covered so far.',
      headers: ['engine', 'time, s', 'inputs covered'],
      rows: runs
        .flatMap(({ cell, run }) => {
          const { covered } = run.figures;
          const step = Math.max(1, Math.ceil(covered.length / ROWS_A_CURVE));
          return covered
            .filter((_, i) => i % step === 0 || i === covered.length - 1)
            .map(([atMs, count]) => ({ atMs, count, name: seriesName(cell) }));
        })
        .sort((a, b) => a.atMs - b.atMs)
        .map(({ atMs, count, name }) => ({
          x: x.position(atMs),
          cells: [name, significant(atMs / 1_000), whole(count)],
        })),
    },
  };
}
