import { html, type Markup } from '../markup/index.ts';
import { METRICS } from '../model/index.ts';

const LIMITS: readonly string[] = [
  'Load is open loop: inputs are due on a schedule that is a function of their sequence number, and the latency starts at the due instant. A generator that is held up forgives nothing (no coordinated omission).',
  'The end is what a consumer outside the engine with isolation level read_committed receives, on the same clock as the start.',
  'Every output of every run is checked against an oracle, a pure function of the recorded log. A run that fails it, or whose measurement is not valid, shows its reason in the place of figures.',
  'Percentiles are read from HDR histograms with three significant digits; several runs are merged, never averaged; none is printed with fewer than ten samples beyond.',
  'Charts over time show slices by due instant; the highest latency of every slice is drawn as a dot, so no spike is smoothed away.',
  'Runs of one machine, one broker and one size say nothing of a cluster, of other sizes of state, or of days of operation.',
];

/** Definitions of all metrics from the registry, and what the figures do not show. */
export function methodSection(): Markup {
  const definitions = METRICS.map(
    (metric) =>
      html`<dt id="metric-${metric.id}">${metric.title} <span class="soft">(${metric.unit}; ${
        metric.direction === 'neither' ? 'not ranked' : metric.direction
      }${metric.minimumEffect === null ? null : `; differences below ${metric.minimumEffect * 100} % are not called`})</span></dt><dd>${metric.definition}</dd>`,
  );
  return html`<section aria-labelledby="method"><h2 id="method">Method and limits</h2><ul>${LIMITS.map(
    (limit) => html`<li>${limit}</li>`,
  )}</ul><h3>Definitions</h3><dl class="method">${definitions}</dl></section>`;
}
