import { type Chart, drawFigure } from '../../charts/index.ts';
import { measuredRuns } from '../../comparison/index.ts';
import { cleanText, html, type Markup } from '../../markup/index.ts';
import { type Distribution, mergeDistributions, type Result } from '../../model/index.ts';
import type { RegressionReport, RegressionRow } from '../../regression/index.ts';
import { changedRows } from './changed-rows.ts';
import { overlayChart, type SideLatency } from './overlay-chart.ts';

/** Latency by percentile of base and head over each other, for every cell in which something changed; null where no such cell has latencies. */
export function spectraSection(
  report: RegressionReport,
  base: readonly Result[],
  head: readonly Result[],
): Markup | null {
  const cells = new Map(changedRows(report).map((row) => [keyOf(row), row]));
  const charts = [...cells.values()]
    .map((row, i) => chartOf(row, i + 1, base, head))
    .filter((chart) => chart !== null);
  if (charts.length === 0) return null;
  return html`<section aria-labelledby="spectra"><h2 id="spectra">Latency by percentile</h2><p class="soft">All passed runs of a side merged, of the cells in which something changed.</p><div class="charts">${charts.map(drawFigure)}</div></section>`;
}

function chartOf(
  row: RegressionRow,
  number: number,
  base: readonly Result[],
  head: readonly Result[],
): Chart | null {
  const title = `${cleanText(row.workload, 80)}, ${cleanText(row.cell, 120)}, ${row.guarantee}`;
  return overlayChart({ id: `spectrum-${number}`, title }, [
    ...sideOf('base', base, row),
    ...sideOf('head', head, row),
  ]);
}

function sideOf(
  side: SideLatency['side'],
  results: readonly Result[],
  row: RegressionRow,
): readonly SideLatency[] {
  const latency = latencyOf(results, row);
  return latency === null ? [] : [{ side, latency }];
}

/** The latencies of all passed runs of a row's cell together; null without a run, or at several rates, which are never merged. */
function latencyOf(results: readonly Result[], row: RegressionRow): Distribution | null {
  const runs = results
    .flatMap(({ cells }) => cells)
    .filter((cell) => keyOf(cell) === keyOf(row))
    .flatMap((cell) => measuredRuns(cell, 'latency'));
  const rates = new Set(runs.map(({ figures }) => figures.offeredRatePerSecond));
  if (rates.size !== 1) return null;
  return mergeDistributions(runs.map(({ figures }) => figures.latency));
}

type Named = Pick<RegressionRow, 'workload' | 'engine' | 'profile' | 'guarantee' | 'variables'>;

function keyOf({ workload, engine, profile, guarantee, variables }: Named): string {
  const named = Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([workload, engine, profile, guarantee, named]);
}
