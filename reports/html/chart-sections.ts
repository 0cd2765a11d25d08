import { type Chart, drawFigure } from '../charts/index.ts';
import { type Group, groupsOf, seriesName } from '../comparison/index.ts';
import { html, type Markup } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { whole } from '../numbers/index.ts';
import { drainChart } from './drain.ts';
import { overTimeCharts } from './over-time.ts';
import { recoveryCharts } from './recovery.ts';
import { recoveryPhasesChart } from './recovery-phases.ts';
import { spectrumChart } from './spectrum.ts';

/** The sections that draw: percentiles, over time, recovery, drain. A section with nothing to draw says so. */
export function chartSections(result: Result): Markup {
  const groups = groupsOf(result);
  const single = (draw: (group: Group) => Chart | null) => [groups.flatMap((group) => draw(group) ?? [])];
  return html`${section(
    'percentiles',
    'Latency by percentile',
    'Further right is rarer: each further nine takes the same width. A curve stops where fewer than ten samples remain beyond it.',
    single(spectrumChart),
  )}${section(
    'over-time',
    'Latency, lag and throughput over time',
    'By the due instant of the inputs. The latency axis is the same for all engines of a group.',
    groups.map(overTimeCharts),
  )}${section(
    'recovery',
    'Recovery',
    "SIGKILL of the engine's process while the load goes on. Axes are the same for all engines of a group.",
    groups.map((group) => [...recoveryCharts(group), recoveryPhasesChart(group) ?? []].flat()),
    lossTable(groups),
  )}${section(
    'drain',
    'Backlog drain',
    'A topic that is already full, the engine started cold.',
    single(drainChart),
  )}`;
}

/** A section of charts; those in one list stand in one grid. */
function section(
  id: string,
  title: string,
  lead: string,
  grids: readonly (readonly Chart[])[],
  after?: Markup | null,
): Markup {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><p class="soft">${lead}</p>${
    grids.flat().length === 0
      ? html`<p>No run of this kind carries figures.</p>`
      : grids.map((charts) => charts.length > 0 && html`<div class="charts">${charts.map(drawFigure)}</div>`)
  }${after}</section>`;
}

/** Losses and duplicates over the kills of each cell, as the oracle counted them. */
function lossTable(groups: readonly Group[]): Markup | null {
  const rows = groups.flatMap((group) =>
    group.cells.flatMap(({ cell, recovery }) =>
      recovery.value === null
        ? []
        : [
            html`<tr><th scope="row">${seriesName(cell)}, ${cell.workload}, ${cell.guarantee}</th><td>${recovery.value.kills.length}</td><td>${whole(recovery.value.lost)}</td><td>${whole(recovery.value.duplicates)}</td></tr>`,
          ],
    ),
  );
  if (rows.length === 0) return null;
  return html`<h3>Lost and repeated</h3><div class="wide" tabindex="0" role="region" aria-label="Losses and duplicates"><table><thead><tr><th scope="col" class="text">cell</th><th scope="col">kills</th><th scope="col">outputs lost</th><th scope="col">duplicates</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
