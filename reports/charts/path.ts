/** A point of a series; a null y is a gap. */
export type Point = readonly [x: number, y: number | null];

/** Path data of a line through points in SVG units; gaps lift the pen. */
export function linePath(points: readonly Point[]): string {
  let path = '';
  let penDown = false;
  for (const [x, y] of points) {
    if (y === null) {
      penDown = false;
      continue;
    }
    path += `${penDown ? 'L' : 'M'}${short(x)} ${short(y)}`;
    // A point between two gaps would draw nothing: a line cap of zero length shows it.
    if (!penDown) path += 'h0';
    penDown = true;
  }
  return path;
}

/** Path data of steps: each value holds until the next point. */
export function stepPath(points: readonly Point[]): string {
  let path = '';
  let penDown = false;
  for (const [x, y] of points) {
    if (y === null) {
      penDown = false;
      continue;
    }
    path += penDown ? `H${short(x)}V${short(y)}` : `M${short(x)} ${short(y)}`;
    penDown = true;
  }
  return path;
}

/** Short vertical strokes at positions: a rug. */
export function rugPath(positions: readonly number[], top: number, height: number): string {
  return positions.map((x) => `M${short(x)} ${short(top)}v${short(height)}`).join('');
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

/** One digit behind the point is a tenth of a pixel. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
