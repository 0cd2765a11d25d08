import { html, type Markup } from '../markup/index.ts';

/** A short piece of a line as it is drawn in the chart. */
export function sample(style: string, modifier: string): Markup {
  if (modifier === 'rug') {
    return html`<svg class="sample" viewBox="0 0 24 10" aria-hidden="true"><path class="rug ${style}" d="M6 2v6M12 2v6M18 2v6"/></svg>`;
  }
  if (modifier === 'gc') {
    return html`<svg class="sample" viewBox="0 0 24 10" aria-hidden="true"><path fill="currentColor" d="M7 2l2 5h-4zm9 0l2 5h-4z"/></svg>`;
  }
  const path = modifier.includes('dots') ? 'M4 5h0M12 5h0M20 5h0' : 'M1 5h22';
  return html`<svg class="sample" viewBox="0 0 24 10" aria-hidden="true"><path class="series ${style} ${modifier}" d="${path}"/></svg>`;
}

/** Parts of a legend with dots between them; what does not apply is left out. */
export function legend(parts: readonly (Markup | null)[]): Markup {
  const shown = parts.filter((part) => part !== null);
  return html`${shown.map((part, i) => (i === 0 ? part : html` · ${part}`))}`;
}
