import { html, type Markup } from '../markup/index.ts';
import { LONGEST_LABEL } from './label-length.ts';
import { type MarkerShape, marker } from './marker.ts';
import {
  dotsPath,
  highestPoints,
  linePath,
  type Point,
  rugPath,
  short,
  stepPath,
  thinPoints,
} from './path.ts';
import type { Scale } from './scale.ts';

export interface Series {
  /** Style class: colour, dash and width come from the page's style sheet. */
  readonly style: string;
  readonly shape: 'line' | 'step' | 'dots';
  readonly points: readonly Point[];
  /** Written beside the last point, with a marker; null for no label. */
  readonly endLabel: string | null;
  readonly marker: MarkerShape;
}

/** A span of x drawn behind the series. */
interface Band {
  readonly from: number;
  readonly to: number;
  readonly style: string;
}

/** A vertical line; its label stands at the top of the panel. */
interface Vertical {
  readonly at: number;
  readonly style: string;
  readonly label: string | null;
}

interface Rug {
  readonly positions: readonly number[];
  readonly style: string;
}

/** One plot: an area with two axes. Positions are SVG units; scales map onto the area. */
export interface Panel {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Scale;
  readonly y: Scale;
  /** Null leaves out the labels below: for all but the last of stacked panels. */
  readonly xTitle: string | null;
  readonly yTitle: string;
  readonly series: readonly Series[];
  readonly bands: readonly Band[];
  readonly verticals: readonly Vertical[];
  readonly rug: Rug | null;
  /** Drawn behind all the rest. */
  readonly ground?: Markup | null;
}

/** Of all points within this width a line keeps the lowest and the highest, dots the highest. */
const UNITS_A_COLUMN = 5;

/** Draws a panel: ground, grid, bands, verticals, series, rug, axes, labels at line ends. */
export function drawPanel(panel: Panel): Markup {
  return html`<g class="panel">${panel.ground}${drawBands(panel)}${drawGrid(panel)}${panel.verticals.map(
    (vertical) => drawVertical(panel, vertical),
  )}${panel.series.map((series) => drawSeries(panel, series))}${drawRug(panel)}${drawEndLabels(panel)}</g>`;
}

function drawGrid({ left, right, top, bottom, x, y, xTitle, yTitle }: Panel): Markup {
  const rows = y.ticks.map((tick) => ({ at: y.position(tick.at), label: tick.label }));
  const columns = x.ticks.map((tick) => ({ at: x.position(tick.at), label: tick.label }));
  const grid = [
    ...rows.map(({ at }) => `M${short(left)} ${short(at)}H${short(right)}`),
    ...columns.map(({ at }) => `M${short(at)} ${short(top)}V${short(bottom)}`),
  ].join('');
  const below =
    xTitle === null
      ? null
      : html`<g class="tick mid">${columns.map(
          ({ at, label }) => html`<text x="${short(at)}" y="${short(bottom + 16)}">${label}</text>`,
        )}</g><text class="axis-title mid" x="${short((left + right) / 2)}" y="${short(bottom + 32)}">${xTitle}</text>`;
  return html`<path class="grid" d="${grid}"/><path class="axis" d="M${short(left)} ${short(top)}V${short(bottom)}H${short(
    right,
  )}"/><g class="tick end">${rows.map(
    ({ at, label }) => html`<text x="${short(left - 6)}" y="${short(at + 4)}">${label}</text>`,
  )}</g><text class="axis-title" x="${short(left)}" y="${short(top - 7)}">${yTitle}</text>${below}`;
}

function drawBands({ bands, x, top, bottom }: Panel): readonly Markup[] {
  return bands.map((band) => {
    const from = x.position(band.from);
    const width = Math.max(1, x.position(band.to) - from);
    return html`<rect class="${band.style}" x="${short(from)}" y="${short(top)}" width="${short(width)}" height="${short(bottom - top)}"/>`;
  });
}

function drawVertical({ x, top, bottom }: Panel, vertical: Vertical): Markup {
  const at = short(x.position(vertical.at));
  return html`<path class="${vertical.style}" d="M${at} ${short(top)}V${short(bottom)}"/>${
    vertical.label === null
      ? null
      : html`<text class="mark-label mid" x="${at}" y="${short(top - 2)}">${vertical.label}</text>`
  }`;
}

function drawSeries({ x, y, left, right }: Panel, series: Series): Markup {
  const columns = (right - left) / UNITS_A_COLUMN;
  const thinned =
    series.shape === 'dots' ? highestPoints(series.points, columns) : thinPoints(series.points, columns);
  const placed = thinned.map(([px, py]): Point => [x.position(px), py === null ? null : y.position(py)]);
  const modifier = series.shape === 'dots' ? 'dots ' : '';
  return html`<path class="series ${modifier}${series.style}" d="${PATHS[series.shape](placed)}"/>`;
}

const PATHS = { line: linePath, step: stepPath, dots: dotsPath } as const;

function drawRug({ rug, x, bottom }: Panel): Markup | null {
  if (rug === null || rug.positions.length === 0) return null;
  const positions = rug.positions.map((at) => x.position(at));
  return html`<path class="rug ${rug.style}" d="${rugPath(positions, bottom - 6, 6)}"/>`;
}

const cut = (label: string) =>
  label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;

/** Least distance between two labels at line ends. */
const LABEL_HEIGHT = 13;

function drawEndLabels({ series, x, y, top, bottom }: Panel): readonly Markup[] {
  const ends = series
    .flatMap((one) => {
      const last = one.points.findLast(([, value]) => value !== null);
      if (last === undefined || one.endLabel === null) return [];
      const at = y.position(last[1] ?? 0);
      return [{ one, x: x.position(last[0]), y: at, labelY: at }];
    })
    .sort((a, b) => a.y - b.y);
  for (let i = 0; i < ends.length; i++) {
    const end = ends[i];
    const above = ends[i - 1];
    if (end !== undefined)
      end.labelY = Math.max(end.labelY, above === undefined ? top + 4 : above.labelY + LABEL_HEIGHT);
  }
  for (let i = ends.length - 1; i >= 0; i--) {
    const end = ends[i];
    const below = ends[i + 1];
    if (end !== undefined)
      end.labelY = Math.min(end.labelY, below === undefined ? bottom : below.labelY - LABEL_HEIGHT);
  }
  return ends.map(
    (end) =>
      html`<g class="line-end ${end.one.style}">${marker(end.one.marker, end.x, end.y)}<text x="${short(end.x + 8)}" y="${short(
        end.labelY + 4,
      )}">${cut(end.one.endLabel ?? '')}</text></g>`,
  );
}
