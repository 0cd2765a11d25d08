import { short } from '../../charts/index.ts';
import { html, type Markup } from '../../markup/index.ts';
import type { UnitScale } from '../../numbers/index.ts';
import type { RegressionRow, Sample } from '../../regression/index.ts';

const FROM = 6;
const TO = 174;
const BASE_LINE = 8;
const HEAD_LINE = 22;

/** Every run of both sides on one linear scale: base above, hollow; head below, filled; a stroke at each median. The values are its text. */
export function runDots(row: RegressionRow, scale: UnitScale): Markup {
  const all = [...(row.base?.values ?? []), ...(row.head?.values ?? [])];
  if (all.length === 0) return html`<span class="soft">–</span>`;
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const place = (value: number) =>
    most === least ? (FROM + TO) / 2 : FROM + ((value - least) / (most - least)) * (TO - FROM);
  const text = [valuesText('base', row.base, scale), valuesText('head', row.head, scale)].join('; ');
  return html`<svg class="dots" viewBox="0 0 180 30" role="img" aria-label="${text}"><title>${text}</title><g class="base">${row.base?.values.map(
    (value) => html`<circle cx="${short(place(value))}" cy="${BASE_LINE}" r="3"/>`,
  )}${medianStroke(row.base, BASE_LINE, place)}</g><g class="head">${row.head?.values.map(
    (value) => html`<path d="M${short(place(value))} ${HEAD_LINE - 4}l4 4l-4 4l-4-4z"/>`,
  )}${medianStroke(row.head, HEAD_LINE, place)}</g></svg>`;
}

function medianStroke(sample: Sample | null, line: number, place: (value: number) => number): Markup | null {
  return sample && html`<path class="median" d="M${short(place(sample.median))} ${line - 7}v14"/>`;
}

function valuesText(side: string, sample: Sample | null, scale: UnitScale): string {
  return `${side} ${sample === null ? 'no run' : `${sample.values.map(scale.format).join(', ')} ${scale.unit}`}`;
}
