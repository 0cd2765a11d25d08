import type { Chart } from '../../charts/index.ts';
import { html } from '../../markup/index.ts';
import type { Distribution } from '../../model/index.ts';
import { legend, sample } from '../legend.ts';
import { type PercentileCurve, percentileChart, percentilePoints } from '../percentile-chart.ts';

/** Latency of one side, as it is drawn and told. */
export interface SideLatency {
  readonly side: 'base' | 'head';
  readonly latency: Distribution;
}

/** Latency by percentile of base and head over each other, on the nines axis; null where the histograms were left out. */
export function overlayChart(
  { id, title }: Pick<Chart, 'id' | 'title'>,
  sides: readonly SideLatency[],
): Chart | null {
  return percentileChart({
    id,
    title,
    curves: sides.map(
      ({ side, latency }): PercentileCurve => ({
        name: side,
        endLabel: side,
        shape: 'line',
        style: side,
        marker: side === 'base' ? 'circle' : 'diamond',
        points: percentilePoints(latency),
      }),
    ),
    behind: [],
    levels: [],
    remark: '',
    legend: legend(sides.map(({ side }) => html`${sample(side, '')} ${side}`)),
  });
}
