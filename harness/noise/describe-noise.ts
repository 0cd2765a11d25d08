import { METRICS, type NoiseFloor } from '../../reports/model/index.ts';

const HEADER = ['workload', 'engine', 'guarantee', 'metric', 'comparisons', 'median ratio', 'spread'];

/** Noise floors as a plain table: a line each, numbers to the right. Ends with a line break. */
export function describeNoise(floors: readonly NoiseFloor[]): string {
  if (floors.length === 0) return 'No noise floor: no two successive runs were both valid.\n';
  const rows = floors.map((floor) => [
    floor.workload,
    floor.profile === 'default' ? floor.engine : `${floor.engine} (${floor.profile})`,
    floor.guarantee,
    METRICS.find(({ id }) => id === floor.metric)?.title ?? floor.metric,
    String(floor.comparisons),
    medianOf(floor.ratios).toFixed(3),
    `${(floor.spread * 100).toFixed(1)} %`,
  ]);
  const widths = HEADER.map((_, column) =>
    Math.max(...[HEADER, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const lines = [HEADER, ...rows].map((row) =>
    row
      .map((text, column) =>
        column < 4 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return `Noise floor (an engine against itself; 95 % of the comparisons differ by at most the spread)\n${lines.join('\n')}\n`;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[sorted.length >> 1] ?? 1) + (sorted[(sorted.length - 1) >> 1] ?? 1)) / 2;
}
