import { cleanText } from '../markup/index.ts';
import type { Cell, Result } from '../model/index.ts';
import { comparisonErrors } from './errors.ts';
import type { CellFigures } from './figures.ts';
import { groupsOf, seriesName } from './group.ts';

/** A setting that both sheets have, with a different value on each. */
export interface DifferingRow {
  readonly name: string;
  readonly values: readonly [string, string];
}

/** Two cells that carry figures and are not ranked, since more than the engine differs between them. */
export interface RefusedComparison {
  readonly code: string;
  readonly message: string;
  readonly workload: string;
  readonly guarantee: Cell['guarantee'];
  readonly sides: readonly [string, string];
  readonly rows: readonly DifferingRow[];
}

/** The rows of a refusal in words: `acks (-1 against 1)`. */
export function rowsText(rows: readonly DifferingRow[]): string {
  return rows
    .map(({ name, values }) => cleanText(`${name} (${values.join(' against ')})`, LONGEST_ROW))
    .join(', ');
}

/**
 * The rows in which two symmetry sheets differ and should not: both have the setting, and neither cell names it as its variable. A
 * setting that one model has and the other has not is no difference.
 */
export function differingRows(one: Cell, other: Cell): readonly DifferingRow[] {
  return one.settings.flatMap(({ name, value }) => {
    const opposite = other.settings.find((setting) => setting.name === name);
    const isVariable = Object.hasOwn(one.variables, name) || Object.hasOwn(other.variables, name);
    if (opposite === undefined || opposite.value === value || isVariable) return [];
    return [{ name, values: [value, opposite.value] }];
  });
}

/** The refusal of a comparison; null when the two may be ranked. */
export function refusalBetween(one: Cell, other: Cell): RefusedComparison | null {
  const rows = differingRows(one, other);
  if (rows.length === 0) return null;
  const sides = [seriesName(one), seriesName(other)] as const;
  const { code, message } = comparisonErrors.error('COMPARE_SETTINGS_DIFFER', {
    sides: sides.join(' and '),
    rows: rowsText(rows),
  });
  const { workload, guarantee } = one;
  return { code, message, workload, guarantee, sides, rows };
}

const LONGEST_ROW = 80;

/** Every comparison of a result that is refused because the settings of its two sides differ. */
export function refusedComparisons(result: Result): readonly RefusedComparison[] {
  return groupsOf(result).flatMap((group) =>
    group.contests.flatMap(({ cells }) =>
      cells.flatMap((one, i) =>
        cells
          .slice(i + 1)
          .filter((other) => haveFiguresOfOneKind(one, other))
          .flatMap((other) => refusalBetween(one.cell, other.cell) ?? []),
      ),
    ),
  );
}

const KINDS = ['latency', 'drain', 'recovery', 'sustain'] as const;

function haveFiguresOfOneKind(one: CellFigures, other: CellFigures): boolean {
  return KINDS.some((kind) => one[kind].value !== null && other[kind].value !== null);
}
