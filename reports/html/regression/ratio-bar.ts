import { short } from '../../charts/index.ts';
import { html, type Markup } from '../../markup/index.ts';
import { significant } from '../../numbers/index.ts';
import type { RegressionRow } from '../../regression/index.ts';
import { verdictMark } from './verdict-mark.ts';

const WIDTH = 168;
const MIDDLE = WIDTH / 2;
const REACH = MIDDLE - 8;
const LINE = 11;

/** Ratios at both ends of the bars, the same for all rows of the page so that bars compare by eye. */
export interface BarScale {
  readonly most: number;
}

const LEAST_MOST = 1.25;
const GREATEST_MOST = 4;

/** The scale that shows all intervals and minimum effects; what lies beyond a factor of 4 gets an arrow. */
export function barScale(rows: readonly RegressionRow[]): BarScale {
  const factors = rows.flatMap(({ ratio, minimumEffect }) => [
    1 + minimumEffect,
    ...(ratio === null ? [] : [ratio.low, ratio.value, ratio.high].map(factorOf)),
  ]);
  const most = factors.reduce((greatest, factor) => Math.max(greatest, factor), LEAST_MOST);
  return { most: Math.min(GREATEST_MOST, most * 1.02) };
}

/** A ratio's distance from 1 in either direction; what is not positive is as far as can be. */
const factorOf = (ratio: number) => (ratio > 0 ? Math.max(ratio, 1 / ratio) : GREATEST_MOST);

/** The ratio with its interval around 1, on a logarithmic scale; the minimum effect is shaded. The numbers stand beside it. */
export function ratioBar(row: RegressionRow, scale: BarScale): Markup {
  const { ratio, minimumEffect } = row;
  if (ratio === null) return html`<span class="soft">–</span>`;
  const place = (value: number) =>
    MIDDLE + clamp(Math.log(Math.max(value, 1e-9)) / Math.log(scale.most)) * REACH;
  const [from, to] = [place(1 - minimumEffect), place(1 + minimumEffect)];
  const [low, high, value] = [place(ratio.low), place(ratio.high), place(ratio.value)];
  const beyond = [
    ratio.low < 1 / scale.most ? `M${short(low)} ${LINE - 5}l-6 5l6 5` : `M${short(low)} ${LINE - 4}v8`,
    ratio.high > scale.most ? `M${short(high)} ${LINE - 5}l6 5l-6 5` : `M${short(high)} ${LINE - 4}v8`,
  ].join('');
  return html`<svg class="bar ${verdictMark(row.verdict).tone}" viewBox="0 0 ${WIDTH} 22" aria-hidden="true"><rect class="least" x="${short(from)}" y="2" width="${short(
    Math.max(1, to - from),
  )}" height="18"/><path class="one" d="M${MIDDLE} 0V22"/><path class="interval" d="M${short(low)} ${LINE}H${short(high)}${beyond}"/><circle class="value" cx="${short(value)}" cy="${LINE}" r="4"/></svg>`;
}

/** The ends of the scale, for the header above the bars. */
export function barHeader({ most }: BarScale): string {
  return `× ${significant(1 / most)} to × ${significant(most)}, the middle is 1`;
}

const clamp = (share: number) => Math.min(1, Math.max(-1, share));
