import type { Chart, Series } from '../charts/index.ts';
import { type Group, isSound, searchesOf, seriesName } from '../comparison/index.ts';
import { html, type Markup } from '../markup/index.ts';
import { significant } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { legend, sample } from './legend.ts';
import { type PercentileCurve, percentileChart, percentilePoints } from './percentile-chart.ts';
import { engineStyle } from './series-style.ts';
import { latencyTick } from './time-label.ts';

/** Positions at which a thin line is read, of those of the others. */
const EVERY = 2;

/** Latency by percentile of the cells of a group, on the nines axis; null when no latency run passed. */
export function spectrumChart(group: Group): Chart | null {
  const engines = group.cells.flatMap(engineCurve);
  if (engines.every(({ points }) => points.length === 0)) return null;
  const behind = group.cells.flatMap(thinLines);
  const limits = limitsOf(group);
  return percentileChart({
    id: chartId('spectrum', group),
    title: `${group.workload}, ${group.guarantee}: latency by percentile`,
    curves: [...engines, ...floorCurves(group)],
    behind,
    levels: limits.map((limit) => ({ valueUs: limit.limitMs * 1_000, label: limitLabel(limit) })),
    remark: limits
      .map((limit) => `The search for the sustainable rate asks for ${limitLabel(limit)}.`)
      .join(' '),
    legend: legendOf(behind.length > 0, limits),
  });
}

function engineCurve({ cell, latency }: Group['cells'][number]): readonly PercentileCurve[] {
  if (latency.value === null) return [];
  const name = seriesName(cell);
  const points = percentilePoints(latency.value.latency);
  return [{ name, endLabel: name, shape: 'line', points, ...engineStyle(cell.engine) }];
}

function floorCurves(group: Group): readonly PercentileCurve[] {
  const floors = group.floors.filter(isSound);
  return floors.map((floor) => {
    const rate = floors.length > 1 ? ` at ${significant(floor.offeredRatePerSecond)}/s` : '';
    return {
      name: `floor, no engine${rate}`,
      endLabel: `floor${rate}`,
      shape: 'line',
      style: 'floor',
      marker: 'none',
      points: percentilePoints(floor.latency),
    };
  });
}

/** A line for each run of a cell that has several. */
function thinLines({ cell, latency }: Group['cells'][number]): readonly Series[] {
  const each = latency.value?.each ?? [];
  if (each.length < 2) return [];
  return each.map((figures) => ({
    points: percentilePoints(figures.latency).filter((_, i) => i % EVERY === 0),
    shape: 'line',
    style: `${engineStyle(cell.engine).style} run`,
    endLabel: null,
    marker: 'none',
  }));
}

interface Limit {
  readonly percentile: number;
  readonly limitMs: number;
}

/** What the searches for a sustainable rate hold the engines to, each limit once. */
function limitsOf(group: Group): readonly Limit[] {
  const limits = new Map(searchesOf(group).map(({ figures: { slo } }) => [limitLabel(slo), slo]));
  return [...limits.values()];
}

const limitLabel = ({ percentile, limitMs }: Limit) => `p${percentile} ≤ ${latencyTick(limitMs * 1_000)}`;

function legendOf(hasRuns: boolean, limits: readonly Limit[]): Markup | null {
  if (!hasRuns && limits.length === 0) return null;
  return legend([
    hasRuns ? html`thin: each run, thick: all of them merged` : null,
    limits.length > 0 ? html`${sample('limit', '')} limit of the search for the sustainable rate` : null,
  ]);
}
