import {
  type Chart,
  drawPanel,
  linearScale,
  logDomain,
  logScale,
  type MarkerShape,
  type Point,
  rightFor,
  type Series,
} from '../charts/index.ts';
import { type Group, isValid, type Search, searchesOf } from '../comparison/index.ts';
import { html } from '../markup/index.ts';
import type { SustainStep } from '../model/index.ts';
import { significant, whole } from '../numbers/index.ts';
import { chartId } from './chart-id.ts';
import { legend, sample } from './legend.ts';
import { engineStyle } from './series-style.ts';
import { countTick, latencyTick } from './time-label.ts';

const LEFT = 58;
const TOP = 22;
const BOTTOM = 222;

/** The charts of a group's searches: the steps of each, and the curves of all in one. */
export function sustainCharts(group: Group): readonly Chart[] {
  const searches = searchesOf(group);
  const curve = curveChart(group, searches);
  return [
    ...searches.flatMap((search, i) => stepsChart(group, search, i) ?? []),
    ...(curve === null ? [] : [curve]),
  ];
}

/** Rate against the percentile that the limit is for, a mark a step. */
function stepsChart(group: Group, { name, cell, figures }: Search, index: number): Chart | null {
  const limitUs = figures.slo.limitMs * 1_000;
  const steps = figures.steps.filter(({ p99Us }) => p99Us !== null);
  const domain = logDomain([limitUs, ...steps.map(({ p99Us }) => p99Us ?? 0)]);
  const rates = logDomain(figures.steps.map(({ ratePerSecond }) => ratePerSecond));
  const withoutFigure = figures.steps.filter(({ p99Us }) => p99Us === null);
  if (domain === null || rates === null) return null;
  const right = rightFor([LIMIT_LABEL]);
  const x = logScale(rates, { from: LEFT, to: right }, countTick);
  const { style } = engineStyle(cell.engine);
  const marks = (verdict: SustainStep['verdict']): readonly Series[] =>
    steps
      .filter((step) => step.verdict === verdict)
      .map((step) => ({
        points: [[step.ratePerSecond, step.p99Us]],
        shape: 'dots',
        style: verdict === 'holds' ? style : `${style} ${verdict}`,
        endLabel: '',
        marker: MARKERS[verdict],
      }));
  const { holds, fails } = figures.bracket;
  return {
    id: `${chartId('search', group, cell)}-${index + 1}`,
    title: `${name}: ${group.workload}, ${group.guarantee}, search for the sustainable rate`,
    description: `${figures.steps.length} steps. ${figures.sustainablePerSecond === null ? 'No rate held.' : `${whole(figures.sustainablePerSecond)} a second hold.`} Limited by ${figures.limitedBy}.`,
    height: BOTTOM + 40,
    cursor: { top: TOP, bottom: BOTTOM },
    drawing: [
      drawPanel({
        left: LEFT,
        right,
        top: TOP,
        bottom: BOTTOM,
        x,
        y: logScale(domain, { from: BOTTOM - 6, to: TOP + 6 }, latencyTick),
        xTitle: 'offered rate, a second',
        yTitle: 'p99 of a step',
        series: [
          {
            points: [
              [rates.from, limitUs],
              [rates.to, limitUs],
            ],
            shape: 'line',
            style: 'offered',
            endLabel: LIMIT_LABEL,
            marker: 'none',
          },
          ...marks('holds'),
          ...marks('fails'),
          ...marks('driver'),
        ],
        bands: holds !== null && fails !== null ? [{ from: holds, to: fails, style: 'outage' }] : [],
        verticals: withoutFigure.map(({ ratePerSecond }) => ({
          at: ratePerSecond,
          style: 'phase',
          label: null,
        })),
        rug: null,
      }),
    ],
    legend: legend([
      html`<span class="name-${style}">●</span> holds`,
      html`<span class="bad">◆</span> fails`,
      withoutFigure.length > 0 ? html`${sample('phase', '')} broken off, no p99` : null,
      steps.some(({ verdict }) => verdict === 'driver')
        ? html`<span class="soft">■</span> the driver did not hold the rate`
        : null,
      holds !== null && fails !== null
        ? html`<span class="swatch outage"></span> the bracket at the end`
        : null,
    ]),
    table: {
      caption: 'Steps in the order of their rates.',
      headers: ['rate, /s', 'step', 'verdict', 'p99, ms', 'why'],
      rows: figures.steps
        .map((step, i) => ({ step, number: i + 1 }))
        .sort((a, b) => a.step.ratePerSecond - b.step.ratePerSecond)
        .map(({ step, number }) => ({
          x: x.position(step.ratePerSecond),
          cells: [
            whole(step.ratePerSecond),
            `${number} ${step.purpose}`,
            step.verdict,
            step.p99Us === null ? '–' : significant(step.p99Us / 1_000),
            step.reasons.join('; '),
          ],
        })),
    },
  };
}

const LIMIT_LABEL = 'limit';

const MARKERS: Readonly<Record<SustainStep['verdict'], MarkerShape>> = {
  holds: 'circle',
  fails: 'diamond',
  driver: 'square',
};

/** p50 and p99 at shares of the sustainable rate, all engines against the same axis of rates; null without a point. */
function curveChart(group: Group, searches: readonly Search[]): Chart | null {
  const points = searches.flatMap(({ figures }) => figures.curve.filter(isValid));
  const domain = logDomain(points.flatMap(({ latency }) => [latency.p50 ?? 0, latency.p99 ?? 0]));
  if (domain === null) return null;
  const right = rightFor(searches.map(({ name }) => name));
  const highest = Math.max(...points.map(({ ratePerSecond }) => ratePerSecond));
  const x = linearScale({ from: 0, to: highest * 1.05 }, { from: LEFT, to: right }, 5, countTick);
  const series = searches.flatMap(({ name, cell, figures }): readonly Series[] => {
    const { style, marker } = engineStyle(cell.engine);
    const line = (rank: 'p50' | 'p99'): readonly Point[] =>
      figures.curve.filter(isValid).map(({ ratePerSecond, latency }) => [ratePerSecond, latency[rank]]);
    return [
      { points: line('p99'), shape: 'line', style: `${style} p99`, endLabel: name, marker },
      { points: line('p50'), shape: 'line', style: `${style} p50`, endLabel: null, marker: 'none' },
    ];
  });
  const shares = [...new Set(points.map(({ share }) => Math.round(share * 100)))].join(', ');
  return {
    id: chartId('curve', group),
    title: `${group.workload}, ${group.guarantee}: latency against load`,
    description: `Latency at ${shares} % of the sustainable rate of each engine.`,
    height: BOTTOM + 40,
    cursor: { top: TOP, bottom: BOTTOM },
    drawing: [
      drawPanel({
        left: LEFT,
        right,
        top: TOP,
        bottom: BOTTOM,
        x,
        y: logScale(domain, { from: BOTTOM, to: TOP }, latencyTick),
        xTitle: 'offered rate, a second',
        yTitle: 'latency',
        series,
        bands: [],
        verticals: [],
        rug: null,
      }),
    ],
    legend: html`Solid p99, dashed p50, at ${shares} % of the sustainable rate of each engine.`,
    table: {
      caption: 'Latency at shares of the sustainable rate.',
      headers: ['rate, /s', 'engine', 'share', 'p50, ms', 'p99, ms'],
      rows: searches
        .flatMap(({ name, figures }) => figures.curve.filter(isValid).map((point) => ({ name, point })))
        .sort((a, b) => a.point.ratePerSecond - b.point.ratePerSecond)
        .map(({ name, point: { share, ratePerSecond, latency } }) => ({
          x: x.position(ratePerSecond),
          cells: [
            whole(ratePerSecond),
            name,
            `${Math.round(share * 100)} %`,
            ...[latency.p50, latency.p99].map((value) =>
              value === null ? 'few' : significant(value / 1_000),
            ),
          ],
        })),
    },
  };
}
