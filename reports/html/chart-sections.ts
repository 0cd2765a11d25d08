import { type Chart, drawFigure } from '../charts/index.ts';
import {
  costSheet,
  drainSheet,
  type Group,
  groupsOf,
  insideSheets,
  recoverySheet,
  type Sheet,
  stagesSheet,
  sustainSheets,
} from '../comparison/index.ts';
import { html, type Markup } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { costChart } from './cost.ts';
import { drainChart } from './drain.ts';
import { ecdfChart } from './ecdf.ts';
import { killOverlayChart } from './kill-overlay.ts';
import { overTimeCharts } from './over-time.ts';
import type { Section } from './page-section.ts';
import { recoveryCharts } from './recovery.ts';
import { recoveryPhasesChart } from './recovery-phases.ts';
import { sheetTables } from './sheet-table.ts';
import { spectrumChart } from './spectrum.ts';
import { spreadChart } from './spread.ts';
import { sustainCharts } from './sustain.ts';
import { sweepCharts } from './sweep.ts';
import { trailSection } from './trail-section.ts';

/** The sections that draw, those with nothing to draw left out. */
export function chartSections(result: Result): readonly Section[] {
  const groups = groupsOf(result);
  const single = (draw: (group: Group) => Chart | null) => [groups.flatMap((group) => draw(group) ?? [])];
  const sheets = (make: (group: Group) => Sheet | null) => sheetTables(groups.map(make));
  return [
    section(
      'percentiles',
      'Latency by percentile',
      'Further right is rarer: each further nine takes the same width. A curve stops where fewer than ten samples remain beyond it. Several runs of a cell are merged; each of them is a thin line beside.',
      groups.map((group) => [spectrumChart(group), ecdfChart(group)].filter((chart) => chart !== null)),
      sheets(stagesSheet),
    ),
    section(
      'over-time',
      'Latency, lag and throughput over time',
      'By the due instant of the inputs. The latency axis is the same for all engines of a group.',
      groups.map(overTimeCharts),
    ),
    section(
      'sustain',
      'Sustainable rate',
      'The highest rate that an engine keeps up with within a stated latency, and the latency on the way there.',
      groups.map(sustainCharts),
      sheets((group) => sustainSheets(group)[0] ?? null),
    ),
    section(
      'sweeps',
      'Sweeps',
      'What changes with a setting, a rate or a size that was varied on purpose; all else equal.',
      groups.map(sweepCharts),
    ),
    trailSection(result),
    section(
      'recovery',
      'Recovery',
      "SIGKILL of the engine's process while the load goes on. Axes are the same for all engines of a group.",
      groups.map((group) =>
        [
          ...recoveryCharts(group),
          ...group.contests.map((contest) => killOverlayChart(group, contest)),
          recoveryPhasesChart(group),
        ].filter((chart) => chart !== null),
      ),
      sheets(recoverySheet),
    ),
    section(
      'drain',
      'Backlog drain',
      'A topic that is already full, the engine started cold.',
      single(drainChart),
      sheets(drainSheet),
    ),
    section(
      'cost',
      'Resources',
      'What the processes of the engines took while latency was measured.',
      single(costChart),
      html`${sheets(costSheet)}${sheetTables(groups.flatMap(insideSheets))}`,
    ),
    section(
      'spread',
      'Spread of the runs',
      'How far repeated runs of a cell lie apart. Each is a fresh process with fresh topics.',
      single(spreadChart),
    ),
  ].filter((one) => one !== null);
}

/** A section of charts; those in one list stand in one grid. Null without a chart. */
function section(
  id: string,
  title: string,
  lead: string,
  grids: readonly (readonly Chart[])[],
  after?: Markup,
): Section | null {
  if (grids.flat().length === 0) return null;
  const body = html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><p class="soft">${lead}</p>${grids.map(
    (charts) => charts.length > 0 && html`<div class="charts">${charts.map(drawFigure)}</div>`,
  )}${after}</section>`;
  return { id, title, body };
}
