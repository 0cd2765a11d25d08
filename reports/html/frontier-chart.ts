import {
  type Box,
  CHART_WIDTH,
  type Chart,
  drawPanel,
  type LabelledMark,
  logDomain,
  marker,
  placeLabels,
  type Scale,
  short,
} from '../charts/index.ts';
import { type Frontier, type FrontierMetric, type FrontierPoint, titleOf } from '../frontier/index.ts';
import { html, type Markup } from '../markup/index.ts';
import { significant, withUnit } from '../numbers/index.ts';
import { engineStyle } from './series-style.ts';
import { countTick, latencyTick } from './time-label.ts';
import { axisOf } from './value-axis.ts';

const LEFT = 58;
const RIGHT = CHART_WIDTH - 16;
const TOP = 24;
const BOTTOM = 280;
/** From an axis to the nearest mark's middle. */
const PADDING = 16;

const LARGEST_RADIUS = 11;
const SMALLEST_RADIUS = 3.5;
const PLAIN_RADIUS = 5;

/** What is drawn against what, the first pair that two points have: across, up. */
const PAIRS = [
  ['sustainablePerSecond', 'p99Ms'],
  ['cpuSecondsPerMillion', 'p99Ms'],
  ['sustainablePerSecond', 'cpuSecondsPerMillion'],
] as const;

interface Mark extends LabelledMark {
  readonly point: FrontierPoint;
}

/** A frontier as marks with the numbers of its table; null without two points that have two figures in common. */
export function frontierChart(frontier: Frontier, id: string): Chart | null {
  const { points, workload, guarantee } = frontier;
  const pair = PAIRS.find((axes) => points.filter((point) => hasAll(point, axes)).length > 1);
  if (pair === undefined) return null;
  const [across, up] = pair;
  const drawn = points.filter((point) => hasAll(point, pair));
  const x = scaleFor(across, drawn, { from: LEFT + PADDING, to: RIGHT - PADDING });
  const y = scaleFor(up, drawn, { from: BOTTOM - PADDING, to: TOP + PADDING });
  if (x === null || y === null) return null;
  const isSized = across === 'sustainablePerSecond' && up === 'p99Ms';
  const radiusOf = isSized ? radiusByCpu(drawn) : () => PLAIN_RADIUS;
  const marks = drawn.map(
    (point): Mark => ({
      point,
      x: x.position(medianOf(point, across)),
      y: y.position(medianOf(point, up)),
      radius: radiusOf(point),
      label: String(point.number),
    }),
  );
  const places = placeLabels(marks, {
    bounds: { left: LEFT + 2, right: CHART_WIDTH, top: TOP, bottom: BOTTOM },
    obstacles: marks.flatMap((mark) => arrowBoxes(mark, across, up)),
  });
  const titles = [titleOf(across, frontier), titleOf(up, frontier)] as const;
  const onFrontier = drawn.filter(({ standing }) => standing.kind !== 'dominated');
  const shown: readonly FrontierMetric[] = isSized ? [across, up, 'cpuSecondsPerMillion'] : [across, up];
  return {
    id,
    title: `${workload}, ${guarantee}: ${titles[1]} against ${titles[0]}`,
    description: `${drawn.length} configurations, of which these are on the frontier: ${onFrontier.map(({ number, name }) => `${number} ${name}`).join('; ')}.`,
    height: BOTTOM + 40,
    cursor: { top: TOP, bottom: BOTTOM },
    drawing: [
      drawPanel({
        left: LEFT,
        right: RIGHT,
        top: TOP,
        bottom: BOTTOM,
        x,
        y,
        xTitle: titles[0],
        yTitle: titles[1],
        series: [],
        bands: [],
        verticals: [],
        rug: null,
      }),
      html`${marks.map((mark) => drawBars(mark, { across, up, x, y }))}`,
      // The small ones above the large ones.
      html`${[...marks].sort((one, other) => other.radius - one.radius).map(drawMark)}`,
      html`${marks.map((mark, i) => drawLabel(mark, places[i]))}`,
    ],
    legend: legendOf(frontier, drawn, isSized),
    table: {
      caption: 'Medians, by the axis across.',
      headers: ['configuration', ...shown.map((metric) => titleOf(metric, frontier))],
      rows: [...marks]
        .sort((one, other) => one.x - other.x)
        .map((mark) => ({
          x: mark.x,
          cells: [`${mark.label} ${mark.point.name}`, ...shown.map((metric) => figureOf(mark.point, metric))],
        })),
    },
  };
}

const hasAll = ({ coordinates }: FrontierPoint, metrics: readonly FrontierMetric[]) =>
  metrics.every((metric) => coordinates[metric] !== undefined);

const medianOf = ({ coordinates }: FrontierPoint, metric: FrontierMetric): number =>
  coordinates[metric]?.estimate.median ?? 0;

const TICKS: Readonly<Record<FrontierMetric, (value: number) => string>> = {
  p99Ms: (value) => latencyTick(value * 1_000),
  sustainablePerSecond: countTick,
  cpuSecondsPerMillion: (value) => `${countTick(value)} s`,
};

function scaleFor(
  metric: FrontierMetric,
  points: readonly FrontierPoint[],
  range: Parameters<typeof axisOf>[1],
): Scale | null {
  const ends = points.flatMap(({ coordinates }) => {
    const estimate = coordinates[metric]?.estimate;
    return estimate === undefined ? [] : [estimate.low, estimate.high];
  });
  const domain = logDomain(ends);
  return domain === null ? null : axisOf(domain, range, TICKS[metric]);
}

/** The area of a mark is as its CPU to the highest. */
function radiusByCpu(points: readonly FrontierPoint[]): (point: FrontierPoint) => number {
  const highest = Math.max(...points.map((point) => medianOf(point, 'cpuSecondsPerMillion')));
  return (point) => {
    const share = highest === 0 ? 0 : medianOf(point, 'cpuSecondsPerMillion') / highest;
    return Math.max(SMALLEST_RADIUS, LARGEST_RADIUS * Math.sqrt(share));
  };
}

interface Axes {
  readonly across: FrontierMetric;
  readonly up: FrontierMetric;
  readonly x: Scale;
  readonly y: Scale;
}

/** From the rim of a mark to the tip. */
const ARROW = 9;

/** Where the arrows of a mark are. */
function arrowBoxes(
  { point, x, y, radius }: Mark,
  across: FrontierMetric,
  up: FrontierMetric,
): readonly Box[] {
  const reach = radius + ARROW + 1;
  const { [across]: wide, [up]: high } = point.coordinates;
  return [
    ...(wide?.open === 'better' ? [{ left: x, right: x + reach, top: y - 4, bottom: y + 4 }] : []),
    ...(high?.open === 'worse' ? [{ left: x - 4, right: x + 4, top: y - reach, bottom: y }] : []),
  ];
}

/** The ranges of both figures, and an arrow to where the truth may lie beyond one. */
function drawBars({ point, x: atX, y: atY, radius }: Mark, { across, up, x, y }: Axes): Markup {
  const [wide, high] = [point.coordinates[across], point.coordinates[up]];
  const bars = [
    wide !== undefined && wide.estimate.count > 1
      ? `M${short(x.position(wide.estimate.low))} ${short(atY)}H${short(x.position(wide.estimate.high))}`
      : '',
    high !== undefined && high.estimate.count > 1
      ? `M${short(atX)} ${short(y.position(high.estimate.low))}V${short(y.position(high.estimate.high))}`
      : '',
    wide?.open === 'better' ? `M${short(atX)} ${short(atY)}h${short(radius + ARROW)}m-4-3l4 3l-4 3` : '',
    high?.open === 'worse' ? `M${short(atX)} ${short(atY)}v${short(-radius - ARROW)}m-3 4l3-4l3 4` : '',
  ].join('');
  if (bars === '') return html``;
  return html`<path class="bracket bars ${engineStyle(point.configuration.engine).style}" d="${bars}"/>`;
}

function drawMark({ point, x, y, radius }: Mark): Markup {
  const { style, marker: shape } = engineStyle(point.configuration.engine);
  const hollow = point.standing.kind === 'dominated' ? ' hollow' : '';
  return html`<g class="line-end spot ${style}${hollow}" transform="translate(${short(x)} ${short(y)}) scale(${Math.round(radius * 25) / 100})">${marker(shape, 0, 0)}</g>`;
}

function drawLabel(mark: Mark, place: ReturnType<typeof placeLabels>[number] | undefined): Markup {
  if (place === undefined) return html``;
  const line = place.isAway
    ? html`<path class="phase" d="M${short(mark.x)} ${short(mark.y)}L${short(place.x)} ${short(place.y - 4)}"/>`
    : null;
  return html`${line}<g class="line-end ${engineStyle(mark.point.configuration.engine).style}"><text class="mid" x="${short(place.x)}" y="${short(place.y)}">${mark.label}</text></g>`;
}

function figureOf({ coordinates }: FrontierPoint, metric: FrontierMetric): string {
  const coordinate = coordinates[metric];
  if (coordinate === undefined) return '–';
  const { median } = coordinate.estimate;
  switch (metric) {
    case 'p99Ms':
      return withUnit('ms', median);
    case 'sustainablePerSecond':
      return `${coordinate.open === 'better' ? '≥ ' : ''}${withUnit('events/s', median)}`;
    case 'cpuSecondsPerMillion':
      return `${significant(median)} s`;
  }
}

function legendOf({ points }: Frontier, drawn: readonly FrontierPoint[], isSized: boolean): Markup {
  const missing = points.filter((point) => !drawn.includes(point));
  const coordinates = drawn.flatMap((point) => Object.values(point.coordinates));
  const sentences = [
    drawn.some(({ standing }) => standing.kind === 'dominated') ? 'Hollow and struck: dominated.' : null,
    isSized ? 'Area of a mark: CPU seconds per million events, from a tenth of the largest on.' : null,
    coordinates.some(({ estimate }) => estimate.count > 1)
      ? 'Bars: the ranges that cover the medians.'
      : null,
    coordinates.some(({ open }) => open !== 'no') ? 'Arrow: the truth may lie beyond.' : null,
    missing.length === 0
      ? null
      : `Without one of the two figures, so not drawn: ${missing.map(({ number }) => number).join(', ')}.`,
  ].filter((sentence) => sentence !== null);
  return html`${drawn.map((point, i) => html`${i === 0 ? null : ' · '}${nameOf(point)}`)}<br>${sentences.join(' ')}`;
}

function nameOf({ number, name, standing, configuration }: FrontierPoint): Markup {
  const text = `${number} ${name}`;
  return html`<span class="name-${engineStyle(configuration.engine).style}">${standing.kind === 'dominated' ? html`<s>${text}</s>` : text}</span>`;
}
