import { html, type Markup } from '../../markup/index.ts';
import { metric } from '../../model/index.ts';
import { sharePercent } from '../../numbers/index.ts';
import type { RegressionReport } from '../../regression/index.ts';

/** The statistics in words, and the definitions of the metrics that are compared. */
export function methodSection(report: RegressionReport): Markup {
  const metrics = [...new Set(report.rows.map((row) => row.metric))].map(metric);
  return html`<section aria-labelledby="method"><h2 id="method">Method</h2><ul>${statements(report).map(
    (statement) => html`<li>${statement}</li>`,
  )}</ul><h3>Definitions</h3><dl class="method">${metrics.map(
    ({ id, title, unit, direction, definition }) =>
      html`<dt id="metric-${id}">${title} <span class="soft">(${unit}; ${direction})</span></dt><dd>${definition}</dd>`,
  )}</dl></section>`;
}

function statements({ alpha, minimumRuns, tests, seed }: RegressionReport): readonly string[] {
  return [
    'The unit is one whole run in fresh processes: its p99 is one value, however many inputs it had. Runs that were refused give no value.',
    'Medians carry an exact interval between two of their runs that covers the median with at least 95 %; of fewer than six runs there is none.',
    `Head over base is the ratio of the medians, whatever the direction of the metric, with a 95 % interval by bootstrap over the runs of both sides, seed ${seed}: the same data give the same interval.`,
    `p is that of the two-sided Mann-Whitney test: exact up to 40 values of both sides together, the normal approximation above. Holm's correction over the ${tests} ${tests === 1 ? 'test' : 'tests'} of this page keeps the chance of any false alarm among them at ${sharePercent(alpha)} or below.`,
    'Regressed or improved takes three things together: p after Holm below that level, a change of at least the minimum effect of the metric, and an interval that leaves out 1.',
    'Unchanged: smaller than the minimum effect. Within noise: larger, and not shown to be more than chance. Missing and new: measured on one side alone.',
    `Fewer than ${minimumRuns} valid runs on a side give numbers and no verdict. Sides whose machine, broker, log or settings differ are not compared.`,
    'In the curves by percentile the histograms of all passed runs of a side are merged, never averaged. They show the shape; the verdicts come from the runs.',
  ];
}
