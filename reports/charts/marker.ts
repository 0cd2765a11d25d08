import { html, type Markup } from '../markup/index.ts';
import { short } from './path.ts';

/** Shapes tell series apart where colours do not. */
export type MarkerShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'none';

/** A filled shape about 8 units wide, centred at a position. */
export function marker(shape: MarkerShape, x: number, y: number): Markup | null {
  const at = `M${short(x)} ${short(y)}`;
  switch (shape) {
    case 'circle':
      return html`<circle cx="${short(x)}" cy="${short(y)}" r="4"/>`;
    case 'square':
      return html`<path d="${at}m-3.5-3.5h7v7h-7z"/>`;
    case 'triangle':
      return html`<path d="${at}m0-4.5l4.5 8h-9z"/>`;
    case 'diamond':
      return html`<path d="${at}m0-5l5 5l-5 5l-5-5z"/>`;
    case 'none':
      return null;
  }
}
