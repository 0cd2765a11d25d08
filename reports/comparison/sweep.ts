import type { Cell } from '../model/index.ts';
import type { CellFigures } from './figures.ts';
import { seriesName, variablesText } from './group.ts';

interface SweepPoint {
  readonly value: number;
  readonly figures: CellFigures;
}

/** The cells of one engine that differ in one variable alone, in the order of its values. */
export interface Sweep {
  readonly variable: string;
  /** The engine, and what else is fixed. */
  readonly name: string;
  readonly engine: Cell['engine'];
  readonly points: readonly SweepPoint[];
}

/** The sweeps over numbers in a list of cells, at least two points each. */
export function sweepsOf(cells: readonly CellFigures[]): readonly Sweep[] {
  const sweeps = new Map<string, { variable: string; fixed: Cell; points: SweepPoint[] }>();
  for (const figures of cells) {
    const { cell } = figures;
    for (const [variable, text] of Object.entries(cell.variables)) {
      const { [variable]: _, ...others } = cell.variables;
      const key = JSON.stringify([variable, cell.engine, cell.profile, variablesText(others)]);
      const sweep = sweeps.get(key) ?? { variable, fixed: { ...cell, variables: others }, points: [] };
      const value = Number(text);
      if (text.trim() !== '' && Number.isFinite(value)) sweep.points.push({ value, figures });
      sweeps.set(key, sweep);
    }
  }
  return [...sweeps.values()]
    .filter(({ points }) => new Set(points.map(({ value }) => value)).size > 1)
    .map(({ variable, fixed, points }) => ({
      variable,
      name: seriesName(fixed),
      engine: fixed.engine,
      points: points.sort((a, b) => a.value - b.value),
    }));
}
