import { cleanText } from '../markup/index.ts';
import type { RegressionReport, RegressionRow, Side } from '../regression/index.ts';
import { isFailure, rowWording } from '../regression-wording/index.ts';
import { classLevel, type JunitCase, type JunitOutcome, junitDocument } from './document.ts';

/**
 * A comparison as JUnit XML: a suite a workload, a test case for each metric of each cell, and a suite of what holds for all. A regression at level `error` is a
 * failure, as is each wrong output of head; a regression at level `warn` passes and is told. What could not be compared is skipped.
 */
export function renderRegressionJunit(report: RegressionReport): string {
  const workloads = [...new Set(report.rows.map(({ workload }) => workload))];
  return junitDocument('crosscurrent comparison', [
    { name: 'comparison', cases: wholeCases(report) },
    ...workloads.map((workload) => ({
      name: workload,
      cases: report.rows.filter((row) => row.workload === workload).map(caseOf),
    })),
  ]);
}

function wholeCases({ base, head, differences }: RegressionReport): readonly JunitCase[] {
  const unlike = differences.map((row) =>
    [row.name, ': ', row.base, ' in base, ', row.head, ' in head']
      .map((part) => cleanText(part, 80))
      .join(''),
  );
  return [
    wholeCase('machine and broker are alike', 'skipped', unlike),
    wholeCase('output of base is right', 'skipped', wrongOf(base)),
    wholeCase('output of head is right', 'failure', wrongOf(head)),
  ];
}

const wrongOf = ({ wrong }: Side): readonly string[] => wrong.map((sentence) => cleanText(sentence));

function wholeCase(name: string, kind: 'failure' | 'skipped', faults: readonly string[]): JunitCase {
  const outcome: JunitOutcome =
    faults.length === 0 ? { kind: 'passed' } : { kind, message: faults.join('; ') };
  return { classname: 'comparison', name, seconds: 0, outcome, output: '' };
}

function caseOf(row: RegressionRow): JunitCase {
  const { workload, cell, guarantee } = row;
  const wording = rowWording(row);
  const figures = `base ${wording.base}, head ${wording.head}, ratio and 95 % interval ${wording.ratio}, limit ${wording.limit}`;
  const told =
    row.confirmation === null ? wording.sentence : `${wording.sentence} Measured again: ${row.confirmation}.`;
  return {
    classname: [workload, `${cell}, ${guarantee}`].map(classLevel).join('.'),
    name: wording.metric,
    seconds: 0,
    outcome: outcomeOf(row, `${told} ${figures}`),
    output: row.verdict === 'regressed' && !isFailure(row) ? `regressed: ${told} ${figures}` : '',
  };
}

function outcomeOf(row: RegressionRow, message: string): JunitOutcome {
  switch (row.verdict) {
    case 'regressed':
      return isFailure(row) ? { kind: 'failure', message } : { kind: 'passed' };
    case 'improved':
    case 'unchanged':
    case 'within noise':
      return { kind: 'passed' };
    case 'inconclusive':
    case 'not comparable':
    case 'missing':
    case 'new':
      return { kind: 'skipped', message: `${row.verdict}: ${message}` };
    default:
      return row.verdict satisfies never;
  }
}
