import type { RegressionReport, RegressionRow } from '../../reports/regression/index.ts';

/** Options of `run` that leave only the cells that regressed, for the end of a command line, where the last of an option wins. */
export function regressedOnly(report: RegressionReport): string[] {
  const rows = failingRows(report);
  const values = (of: (row: RegressionRow) => string): string => [...new Set(rows.map(of))].join(',');
  return [
    ...['--workload', values(({ workload }) => workload)],
    ...['--engine', values(({ engine }) => engine)],
    ...['--guarantee', values(({ guarantee }) => guarantee)],
  ];
}

/**
 * The first comparison with what a second measurement of its regressed cells says: a regression that does not show again is cleared and
 * counts as noise. Where the second could say nothing, the first stands: silence clears nobody. Rows that are only warned of stay as
 * they are.
 */
export function confirmed(first: RegressionReport, second: RegressionReport): RegressionReport {
  const again = new Map(second.rows.map((row) => [keyOf(row), row]));
  const rows = first.rows.map((row) => (isFailure(row) ? judgedAgain(row, again.get(keyOf(row))) : row));
  const wrong = [...first.head.wrong, ...second.head.wrong];
  const counts = { ...first.counts };
  for (const verdict of Object.keys(counts) as (keyof typeof counts)[]) {
    counts[verdict] = rows.filter((row) => row.verdict === verdict).length;
  }
  return {
    ...first,
    head: { ...first.head, wrong },
    rows,
    counts,
    outcome: wrong.length > 0 ? 'wrong' : rows.some(isFailure) ? 'regressed' : 'ok',
  };
}

function judgedAgain(row: RegressionRow, again: RegressionRow | undefined): RegressionRow {
  switch (again?.verdict) {
    case undefined:
    case 'inconclusive':
    case 'not comparable':
    case 'missing':
    case 'new':
      return { ...row, sentence: `${row.sentence} A second measurement could not say.` };
    case 'regressed':
      return {
        ...row,
        confirmation: 'confirmed',
        sentence: `${row.sentence} Confirmed by a second measurement: ${again.sentence}`,
      };
    case 'improved':
    case 'unchanged':
    case 'within noise':
      return {
        ...row,
        verdict: 'within noise',
        confirmation: 'cleared',
        sentence: `${row.sentence} Cleared by a second measurement: ${again.sentence}`,
      };
  }
}

const isFailure = ({ verdict, level }: RegressionRow): boolean =>
  verdict === 'regressed' && level === 'error';

/** Rows that make a comparison fail. */
export const failingRows = ({ rows }: RegressionReport): readonly RegressionRow[] => rows.filter(isFailure);

const keyOf = ({ workload, engine, profile, guarantee, variables, metric }: RegressionRow): string =>
  JSON.stringify([workload, engine, profile, guarantee, Object.entries(variables).sort(), metric]);
