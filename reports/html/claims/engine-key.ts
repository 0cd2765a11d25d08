import { marker } from '../../charts/index.ts';
import type { ClaimFigure } from '../../claims/index.ts';
import { html, type Markup } from '../../markup/index.ts';
import { engineStyle } from '../series-style.ts';

type Engine = ClaimFigure['engine'];

const TITLES: Readonly<Record<Engine, string>> = {
  event: 'event-driven',
  'micro-batch': 'micro-batch',
  flink: 'Flink',
  spark: 'Spark',
};

export const engineTitle = (engine: Engine): string => TITLES[engine];

/** An engine's shape as the drawings have it. */
export function engineKey(engine: Engine): Markup {
  const { style, marker: shape } = engineStyle(engine);
  return html`<svg class="key ${style}" viewBox="0 0 12 12" aria-hidden="true">${marker(shape, 6, 6)}</svg>`;
}
