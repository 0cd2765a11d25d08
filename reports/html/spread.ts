import {
  type Chart,
  drawPanel,
  linearScale,
  logScale,
  rightFor,
  type Scale,
  type Series,
  type Span,
} from '../charts/index.ts';
import { type Group, seriesName } from '../comparison/index.ts';
import { html } from '../markup/index.ts';
import { type Cell, METRICS, type Metric } from '../model/index.ts';
import { scaleFor, type UnitScale } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { legend } from './legend.ts';
import { outliersOf, type RunValue, runValues } from './run-values.ts';
import { engineStyle } from './series-style.ts';

const LEFT = 58;
const TOP = 22;
const PITCH_GAP = 30;
const LEAST_HEIGHT = 46;
/** Of a label at the end of a line. */
const LABEL_HEIGHT = 14;

interface Strip {
  readonly metric: Metric;
  readonly scale: UnitScale;
  readonly lines: readonly {
    readonly cell: Cell;
    readonly values: readonly RunValue[];
    readonly outliers: readonly RunValue[];
  }[];
}

/** What each run of a cell measured, in their order, a strip a metric; null where no cell has two runs. */
export function spreadChart(group: Group): Chart | null {
  const strips = METRICS.map((metric) => stripOf(group, metric)).filter(({ lines }) => lines.length > 0);
  const lines = strips.flatMap((strip) => strip.lines);
  if (lines.length === 0) return null;
  const cells = [...new Set(lines.map(({ cell }) => cell))];
  const runs = Math.max(...lines.flatMap(({ values }) => values.map(({ run }) => run)));
  const right = rightFor(cells.map(seriesName));
  const x = wholeNumbers(linearScale({ from: 0.5, to: runs + 0.5 }, { from: LEFT, to: right }, 10, String));
  const height = Math.max(LEAST_HEIGHT, LABEL_HEIGHT * cells.length);
  const pitch = height + PITCH_GAP;
  const bottom = TOP + pitch * strips.length - PITCH_GAP;
  return {
    id: chartId('spread', group),
    title: `${group.workload}, ${group.guarantee}: what each run measured`,
    description: `In the order in which they ran, so that a drift shows. ${strips.map(({ metric: { title } }) => title).join(', ')}.`,
    height: bottom + 40,
    cursor: { top: TOP, bottom },
    drawing: strips.map((strip, i) => {
      const top = TOP + pitch * i;
      return drawPanel({
        left: LEFT,
        right,
        top,
        bottom: top + height,
        x,
        y: axisOf(strip, { from: top + height - 4, to: top + 4 }),
        xTitle: i === strips.length - 1 ? 'run' : null,
        yTitle: `${strip.metric.title}${unitOf(strip)}`,
        series: strip.lines.flatMap(seriesOf),
        bands: [],
        verticals: [],
        rug: null,
      });
    }),
    legend: legend([
      html`A dot a run`,
      lines.some(({ outliers }) => outliers.length > 0)
        ? html`<span class="bad">◆</span> far from the other runs of its cell (beyond 1.5 times the width of the middle half), kept in every figure`
        : null,
    ]),
    table: tableOf(strips, cells, runs, (run) => x.position(run)),
  };
}

function stripOf(group: Group, metric: Metric): Strip {
  const lines = group.cells
    .map(({ cell }) => ({ cell, values: runValues(cell, metric.id) }))
    .filter(({ values }) => values.length > 1)
    .map((line) => ({ ...line, outliers: outliersOf(line.values) }));
  const all = lines.flatMap(({ values }) => values.map(({ value }) => value));
  return { metric, lines, scale: scaleFor(metric.unit, all) };
}

const unitOf = ({ scale }: Strip) => (scale.unit === '' ? '' : `, ${scale.unit}`);

function seriesOf({ cell, values, outliers }: Strip['lines'][number]): readonly Series[] {
  const { style, marker } = engineStyle(cell.engine);
  const points = values.map(({ run, value }) => [run, value] as const);
  return [
    { points, shape: 'line', style: `${style} run`, endLabel: seriesName(cell), marker },
    { points, shape: 'dots', style: `${style} each`, endLabel: null, marker: 'none' },
    ...outliers.map(
      ({ run, value }): Series => ({
        points: [[run, value]],
        shape: 'dots',
        style: 'fails',
        endLabel: '',
        marker: 'diamond',
      }),
    ),
  ];
}

/** Not from 0: what is read here is how far the runs lie apart. */
function axisOf({ lines, scale }: Strip, range: Span): Scale {
  const values = lines.flatMap((line) => line.values.map(({ value }) => value));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low > 0 && high / low > 5) {
    return spaced(logScale({ from: low * 0.9, to: high * 1.1 }, range, scale.format));
  }
  const margin = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
  return spaced(linearScale({ from: low - margin, to: high + margin }, range, 4, scale.format));
}

/** Without the ticks whose labels would touch the one below. */
function spaced(scale: Scale): Scale {
  let last = Number.POSITIVE_INFINITY;
  const ticks = scale.ticks.filter(({ at }) => {
    const isFree = last - scale.position(at) >= LABEL_HEIGHT;
    if (isFree) last = scale.position(at);
    return isFree;
  });
  return { ...scale, ticks };
}

const wholeNumbers = (scale: Scale): Scale => ({
  ...scale,
  ticks: scale.ticks.filter(({ at }) => Number.isInteger(at)),
});

function tableOf(
  strips: readonly Strip[],
  cells: readonly Cell[],
  runs: number,
  position: (run: number) => number,
): Chart['table'] {
  const figureOf = ({ lines, scale }: Strip, cell: Cell, run: number) => {
    const line = lines.find((one) => one.cell === cell);
    const found = line?.values.find((value) => value.run === run);
    if (line === undefined || found === undefined) return '–';
    return `${scale.format(found.value)}${line.outliers.includes(found) ? ' (far off)' : ''}`;
  };
  return {
    caption: 'Each run in the order of its kind.',
    headers: ['run', 'engine', ...strips.map((strip) => `${strip.metric.title}${unitOf(strip)}`)],
    rows: Array.from({ length: runs }, (_, i) => i + 1).flatMap((run) =>
      cells.map((cell) => ({
        x: position(run),
        cells: [String(run), seriesName(cell), ...strips.map((strip) => figureOf(strip, cell, run))],
      })),
    ),
  };
}
