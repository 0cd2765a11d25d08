import { html, type Markup } from '../../markup/index.ts';
import { metric } from '../../model/index.ts';
import { scaleFor, significant, type UnitScale } from '../../numbers/index.ts';
import type { RegressionRow, Sample } from '../../regression/index.ts';

/** One unit for both sides of a row, so that its numbers can be compared by eye. */
export function rowScale({ metric: id, base, head }: RegressionRow): UnitScale {
  const values = [base, head].flatMap((sample) => (sample === null ? [] : [sample.median, ...sample.values]));
  return scaleFor(metric(id).unit, values);
}

/** The median with its interval below it. */
export function medianCell(sample: Sample | null, scale: UnitScale): Markup {
  if (sample === null) return html`<td class="soft">–</td>`;
  const { interval } = sample;
  const range =
    interval === null ? 'no interval' : `${scale.format(interval.low)} to ${scale.format(interval.high)}`;
  return html`<td>${scale.format(sample.median)} ${scale.unit}<small>${range}, n ${sample.values.length}</small></td>`;
}

/** The change in percent, and the ratio with its interval below it. */
export function ratioCell({ ratio }: RegressionRow): Markup {
  if (ratio === null) return html`<td class="soft">–</td>`;
  return html`<td>${change(ratio.value)}<small>× ${significant(ratio.value)}, ${significant(ratio.low)} to ${significant(ratio.high)}</small></td>`;
}

/** After Holm, with the one before it below. */
export function probabilityCell({ p, pHolm }: RegressionRow): Markup {
  if (p === null) return html`<td class="soft">–</td>`;
  if (pHolm === null) return html`<td>${probability(p)}<small>uncorrected</small></td>`;
  return html`<td>${probability(pHolm)}<small>alone ${probability(p)}</small></td>`;
}

/** +12.3 %, with a true minus sign. */
function change(ratio: number): string {
  const share = (ratio - 1) * 100;
  return `${share < 0 ? '−' : '+'}${Math.abs(share).toFixed(1)} %`;
}

const probability = (p: number) => (p < 0.0001 ? '< 0.0001' : p.toFixed(p < 0.01 ? 4 : 3));
