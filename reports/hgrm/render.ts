import { groupsOf, seriesName } from '../comparison/index.ts';
import {
  type Cell,
  type Distribution,
  HIGHEST_LATENCY_US,
  histogramOf,
  type Result,
} from '../model/index.ts';

/** A file that plotters of HdrHistogram read. */
interface HgrmFile {
  /** A file name without folders, of `a-z`, `0-9`, `-` and `_` before its ending; unique in its list whatever the case. */
  readonly name: string;
  readonly text: string;
}

const TICKS_PER_HALF_DISTANCE = 5;
const MICROSECONDS_PER_UNIT = 1_000;
const LONGEST_NAME = 120;

/**
 * The latency of each cell, at each of its rates, as HdrHistogram's percentile text: columns Value (milliseconds), Percentile, TotalCount and
 * 1/(1-Percentile), from the merged histogram of its passed runs. A cell without latency, or whose histograms were left out, has no file.
 * Samples above the histogram's range stand at its end, and a comment says how many.
 */
export function renderHgrm(result: Result): readonly HgrmFile[] {
  const files = groupsOf(result)
    .flatMap(({ cells }) => cells)
    .flatMap((figures) => {
      const text = figures.latency.value === null ? null : percentileText(figures.latency.value.latency);
      return text === null ? [] : [{ name: fileName(figures.cell), text }];
    });
  return files.map(({ name, text }, i) => {
    const earlier = files.slice(0, i).filter((file) => file.name === name).length;
    // Two underscores: no name made from a cell holds them.
    return { name: `${name}${earlier === 0 ? '' : `__${earlier + 1}`}.hgrm`, text };
  });
}

function percentileText(distribution: Distribution): string | null {
  const histogram = histogramOf(distribution);
  if (histogram === null || distribution.count === 0) return null;
  const { outOfRange } = distribution;
  // Left out, they would make every percentile better than it was.
  if (outOfRange > 0) histogram.recordValueWithCount(HIGHEST_LATENCY_US, outOfRange);
  const text = histogram.outputPercentileDistribution(TICKS_PER_HALF_DISTANCE, MICROSECONDS_PER_UNIT);
  const note = `#[${outOfRange} samples lie above ${HIGHEST_LATENCY_US / 1_000_000} s and stand there]\n`;
  return outOfRange > 0 ? text + note : text;
}

function fileName(cell: Cell): string {
  const name = ['latency', cell.workload.slice(-LONGEST_NAME), seriesName(cell), cell.guarantee]
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/_+/g, '_');
  return name.slice(0, LONGEST_NAME).replace(/[-_]+$/, '');
}
