import { type FigureGroup, measuredFigure } from '../../pipeline/bench/index.ts';
import { type Aggregate, count, max, type Schema, sum } from '../../pipeline/index.ts';
import { createHeapBackend } from '../state/index.ts';
import { createWindowOperator } from '../window/index.ts';

const SLIDE_MS = 1_000;
/** Windows that each row is in. */
const OVERLAPS = [1, 10, 60] as const;
const KEYS = 1_000;
const ROWS_A_SLIDE = 20_000;
/** The longest window is full before the clock starts. */
const WARM_UP_SLIDES = 70;
const MEASURED_SLIDES = 30;
const ROUNDS = 7;
const MAX_PARALLELISM = 128;

const SCHEMA: Schema = { shop: 'utf8', amount: 'int64' };
/** A sum is carried on from window to window, less the panes that leave it; a maximum cannot be deducted, so two stacks of panes hold it. */
const AGGREGATES: Readonly<Record<string, Readonly<Record<string, Aggregate>>>> = {
  'count and sum': { rows: count(), total: sum('amount') },
  maximum: { most: max('amount') },
};
const NAMES = Array.from({ length: KEYS }, (_, index) => `shop-${String(index).padStart(4, '0')}`);

/** CPU time of the operator alone per row, firing included, with windows that overlap once (they tumble), 10 and 60 times. */
export const slidingWindows: FigureGroup = {
  name: 'sliding-windows',
  measure: async (progress) =>
    Object.entries(AGGREGATES).map(([name, aggregates]) => {
      const bestUs = new Map<number, number>();
      for (let round = 0; round < ROUNDS; round++) {
        progress(`${name}, round ${round + 1} of ${ROUNDS}`);
        for (const overlap of round % 2 === 0 ? OVERLAPS : OVERLAPS.toReversed()) {
          const us = cpuUsPerRow(aggregates, overlap);
          bestUs.set(overlap, Math.min(us, bestUs.get(overlap) ?? Number.POSITIVE_INFINITY));
        }
      }
      const times = [...bestUs.values()];
      return measuredFigure(
        {
          name: `sliding windows, ${name}, size/slide ${OVERLAPS.join(', ')}: slowest against fastest`,
          unit: 'times',
          target: { kind: 'at-most', value: 2 },
        },
        Math.max(...times) / Math.min(...times),
        `${OVERLAPS.map((overlap) => `${overlap}: ${bestUs.get(overlap)?.toFixed(3)} us`).join(', ')} of CPU a row; ${ROWS_A_SLIDE / KEYS} rows of each key a slide`,
      );
    }),
};

function cpuUsPerRow(aggregates: Readonly<Record<string, Aggregate>>, overlap: number): number {
  const sizeMs = overlap * SLIDE_MS;
  let results = 0;
  const operator = createWindowOperator({
    keyField: 'shop',
    schema: SCHEMA,
    node: {
      kind: 'window',
      window:
        overlap === 1
          ? { type: 'tumbling', sizeMs, offsetMs: 0 }
          : { type: 'sliding', sizeMs, slideMs: SLIDE_MS, offsetMs: 0 },
      late: { kind: 'count' },
    },
    operation: { kind: 'aggregate', aggregates, emit: 'final' },
    allowedLatenessMs: 0,
    state: createHeapBackend(MAX_PARALLELISM, { first: 0, last: MAX_PARALLELISM - 1 }),
    output: { emit: () => results++, late: () => {}, side: () => {} },
    nowMs: () => 0,
  });
  const slide = (index: number): void => {
    const startMs = index * SLIDE_MS;
    for (let row = 0; row < ROWS_A_SLIDE; row++) {
      const key = NAMES[(row * 7_919) % KEYS] as string;
      const timestampMs = startMs + Math.floor((row * SLIDE_MS) / ROWS_A_SLIDE);
      operator.processElement(key, { shop: key, amount: row % 100 }, timestampMs, undefined);
    }
    operator.processWatermark(startMs + SLIDE_MS - 1);
  };
  for (let index = 0; index < WARM_UP_SLIDES; index++) slide(index);
  const resultsBefore = results;
  const before = process.threadCpuUsage();
  for (let index = WARM_UP_SLIDES; index < WARM_UP_SLIDES + MEASURED_SLIDES; index++) slide(index);
  const { user, system } = process.threadCpuUsage(before);
  if (results - resultsBefore !== MEASURED_SLIDES * KEYS)
    throw new Error(`${results - resultsBefore} results`);
  return (user + system) / (MEASURED_SLIDES * ROWS_A_SLIDE);
}
