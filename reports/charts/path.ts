/** A point of a series; a null y is a gap. */
export type Point = readonly [x: number, y: number | null];

/** Path data of a line through points in SVG units; gaps lift the pen. Relative coordinates: half the bytes of absolute ones. */
export function linePath(points: readonly Point[]): string {
  return penPath(points, (x, y) => `l${pair(x, y)}`);
}

/** Path data of steps: each value holds until the next point. */
export function stepPath(points: readonly Point[]): string {
  return penPath(points, (x, y) => (x === 0 ? '' : `h${tenths(x)}`) + (y === 0 ? '' : `v${tenths(y)}`));
}

/** Path data of a dot at each point, to be drawn with round caps. */
export function dotsPath(points: readonly Point[]): string {
  return penPath(points, (x, y) => `m${pair(x, y)}h0`);
}

/** Walks over points with the pen down except over gaps. Works in whole tenths, so that rounding errors do not add up. */
function penPath(points: readonly Point[], draw: (x: number, y: number) => string): string {
  let path = '';
  let from: readonly [number, number] | null = null;
  for (const [px, py] of points) {
    if (py === null) {
      from = null;
      continue;
    }
    const x = Math.round(px * 10);
    const y = Math.round(py * 10);
    // The stroke of no length shows a point between two gaps.
    path += from === null ? `M${tenths(x)} ${tenths(y)}h0` : draw(x - from[0], y - from[1]);
    from = [x, y];
  }
  return path;
}

const tenths = (value: number) => String(value / 10).replace(/^(-?)0\./, '$1.');
const pair = (x: number, y: number) => `${tenths(x)}${y < 0 ? '' : ' '}${tenths(y)}`;

/** Short vertical strokes at positions: a rug. */
export function rugPath(positions: readonly number[], top: number, height: number): string {
  let from = 0;
  return positions
    .map((position, i) => {
      const x = Math.round(position * 10);
      const move = i === 0 ? `M${tenths(x)} ${short(top)}` : `m${pair(x - from, Math.round(-height * 10))}`;
      from = x;
      return `${move}v${short(height)}`;
    })
    .join('');
}

/**
 * Thins a series for drawing: of all points in one of `columns` equal columns the lowest and the highest stay, in their order, so
 * that spikes survive. Gaps stay.
 */
export function thinPoints(points: readonly Point[], columns: number): readonly Point[] {
  if (points.length <= columns * 2) return points;
  const perColumn = Math.ceil(points.length / columns);
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += perColumn) {
    const column = points.slice(start, start + perColumn);
    const known = column.filter(([, y]) => y !== null);
    const byValue = [...known].sort((a, b) => (a[1] ?? 0) - (b[1] ?? 0));
    const [lowest] = byValue;
    const highest = byValue.at(-1);
    if (lowest === undefined || highest === undefined) {
      kept.push(...column.slice(0, 1));
    } else {
      kept.push(
        ...(lowest[0] <= highest[0] ? [lowest, highest] : [highest, lowest]).slice(
          lowest === highest ? 1 : 0,
        ),
      );
    }
  }
  return kept;
}

/** Thins a series of maxima: of all points in one of `columns` equal columns the highest stays. */
export function highestPoints(points: readonly Point[], columns: number): readonly Point[] {
  const perColumn = Math.max(1, Math.ceil(points.length / columns));
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += perColumn) {
    kept.push(
      points
        .slice(start, start + perColumn)
        .reduce((best, point) => ((point[1] ?? 0) > (best[1] ?? 0) ? point : best)),
    );
  }
  return kept;
}

/** One digit behind the point is a tenth of a pixel. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
