/** A mark in a plot with a short label that stands beside it. SVG units. */
export interface LabelledMark {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly label: string;
}

interface LabelPlace {
  /** Middle of the label, and its base line. */
  readonly x: number;
  readonly y: number;
  /** Too far from its mark to be told without a line to it. */
  readonly isAway: boolean;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const CHARACTER_WIDTH = 7.5;
const HEIGHT = 12;
/** From the rim of a mark to the nearest side of its label. */
const GAPS = [2, 10, 20, 32, 46, 62];
/** Right first, as a label is read there; then around. */
const DIRECTIONS = [
  [1, 0],
  [0.7, -0.7],
  [0.7, 0.7],
  [0, -1],
  [0, 1],
  [-1, 0],
  [-0.7, -0.7],
  [-0.7, 0.7],
] as const;

/**
 * A place for each label, in the order of the marks: the nearest one to its mark that meets no mark, no label placed before and none of the
 * obstacles, inside the bounds. Where there is none so near, the first one to the right.
 */
export function placeLabels(
  marks: readonly LabelledMark[],
  { bounds, obstacles }: { readonly bounds: Box; readonly obstacles: readonly Box[] },
): readonly LabelPlace[] {
  const taken = [...obstacles, ...marks.map(({ x, y, radius }) => boxAround(x, y, 2 * radius, 2 * radius))];
  return marks.map((mark) => {
    const width = mark.label.length * CHARACTER_WIDTH;
    const candidates = GAPS.flatMap((gap) =>
      DIRECTIONS.map(([right, down]) => ({
        gap,
        box: boxAround(
          mark.x + right * (mark.radius + gap + width / 2),
          mark.y + down * (mark.radius + gap + HEIGHT / 2),
          width,
          HEIGHT,
        ),
      })),
    );
    const free = candidates.find(
      ({ box }) => isInside(box, bounds) && !taken.some((other) => meets(box, other)),
    );
    const { box, gap } = free ?? (candidates[0] as (typeof candidates)[number]);
    taken.push(box);
    return { x: (box.left + box.right) / 2, y: box.bottom - 2, isAway: gap > (GAPS[1] ?? 0) };
  });
}

function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function isInside(box: Box, bounds: Box): boolean {
  return (
    box.left >= bounds.left &&
    box.right <= bounds.right &&
    box.top >= bounds.top &&
    box.bottom <= bounds.bottom
  );
}

function meets(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
