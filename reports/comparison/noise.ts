import { cleanText } from '../markup/index.ts';
import { type Cell, METRICS, type MetricId, type NoiseFloor, type Result } from '../model/index.ts';
import { sharePercent } from '../numbers/index.ts';
import type { Group } from './group.ts';

/** How far two runs of the same thing differ in a metric, as a share: the larger of what was measured on both sides; null where neither was. */
export function noiseBetween(group: Group, id: MetricId, one: Cell, other: Cell): number | null {
  const spreads = group.noiseFloors
    .filter((noise) => noise.metric === id && [one, other].some((cell) => isOf(cell, noise)))
    .map((noise) => noise.spread);
  return spreads.length === 0 ? null : Math.max(...spreads);
}

function isOf(cell: Cell, { engine, profile, variables }: NoiseFloor): boolean {
  const names = [...new Set([...Object.keys(cell.variables), ...Object.keys(variables)])];
  return (
    cell.engine === engine &&
    cell.profile === profile &&
    names.every((name) => cell.variables[name] === variables[name])
  );
}

/** The noise floors of a result, a sentence each. */
export function noiseSentences(result: Result): readonly string[] {
  return result.noiseFloors.map((noise) => {
    const engine = noise.engine === 'event' ? 'event-driven' : noise.engine;
    return cleanText(
      `Noise floor: two runs of the same thing (${engine}, ${noise.workload}, ${[noise.guarantee, noise.profile, ...Object.entries(noise.variables).map(([name, value]) => `${name} ${value}`)].join(', ')}) differ by up to ${sharePercent(noise.spread)} here in ${titleOf(noise)} (95 % of ${noise.comparisons} comparisons).`,
    );
  });
}

const titleOf = ({ metric: id }: NoiseFloor) => METRICS.find((metric) => metric.id === id)?.title ?? id;
