import { regressionMarkdown } from '../markdown/index.ts';
import { cleanText } from '../markup/index.ts';
import type { RegressionReport } from '../regression/index.ts';
import { isFailure, outcomeSentence, rowWording } from '../regression-wording/index.ts';

interface GithubOutput {
  /** Workflow commands for the job's log, a line each; empty where there is nothing to say. */
  readonly annotations: string;
  /** Markdown for `$GITHUB_STEP_SUMMARY`, less than 1 MiB. */
  readonly summary: string;
}

interface Annotation {
  readonly title: string;
  readonly message: string;
}

/** GitHub shows no more of each level for a step. */
const SHOWN = 10;
/** GitHub drops a summary of more than 1 MiB. */
const LONGEST_SUMMARY_BYTES = 1_000_000;

/**
 * A comparison for GitHub Actions. Errors: wrong outputs of head, regressions at level `error`. Warnings: other regressions, and one for each reason why rows
 * say nothing. At most ten of each; the tenth says how many more there are. Escaped as the toolkit does (actions/toolkit, packages/core/src/command.ts).
 */
export function renderRegressionGithub(report: RegressionReport): GithubOutput {
  const lines = [...commands('error', errorsOf(report)), ...commands('warning', warningsOf(report))];
  return {
    annotations: lines.map((line) => `${line}\n`).join(''),
    summary: regressionMarkdown(report, LONGEST_SUMMARY_BYTES),
  };
}

function errorsOf({ head, rows }: RegressionReport): readonly Annotation[] {
  return [
    ...head.wrong.map((message) => ({ title: 'Wrong output in head', message })),
    ...rows.filter(isFailure).map((row) => annotationOf(row)),
  ];
}

function warningsOf(report: RegressionReport): readonly Annotation[] {
  const { base, rows, counts, outcome } = report;
  const silent = (['not comparable', 'inconclusive', 'missing'] as const).flatMap((verdict) => {
    const first = rows.find((row) => row.verdict === verdict);
    if (first === undefined) return [];
    const message = `${counts[verdict] ?? 0} of ${rows.length} rows. First: ${rowWording(first).place}, ${rowWording(first).metric}: ${first.sentence}`;
    return [{ title: `Rows ${verdict}`, message }];
  });
  return [
    ...(outcome === 'inconclusive' ? [{ title: 'Comparison', message: outcomeSentence(report) }] : []),
    ...base.wrong.map((message) => ({ title: 'Wrong output in base', message })),
    ...silent,
    ...rows.filter((row) => row.verdict === 'regressed' && !isFailure(row)).map((row) => annotationOf(row)),
  ];
}

function annotationOf(row: RegressionReport['rows'][number]): Annotation {
  const { place, metric, base, head, change, limit, verdict } = rowWording(row);
  return {
    title: `${verdict}: ${metric}, ${place}`,
    message: `${place}, ${metric}: ${base} to ${head}, ${change}, limit ${limit}`,
  };
}

function commands(level: 'error' | 'warning', annotations: readonly Annotation[]): readonly string[] {
  const fits = annotations.length <= SHOWN;
  const shown = annotations.slice(0, fits ? SHOWN : SHOWN - 1);
  const more = {
    title: 'Crosscurrent',
    message: `and ${annotations.length - shown.length} more; see the job summary`,
  };
  return (fits ? shown : [...shown, more]).map(
    ({ title, message }) => `::${level} title=${property(cleanText(title))}::${data(cleanText(message))}`,
  );
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
