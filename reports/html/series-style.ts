import type { MarkerShape } from '../charts/index.ts';
import type { Cell } from '../model/index.ts';

/** How an engine is drawn everywhere: colour and dash by its style class, and a marker shape. */
export function engineStyle(engine: Cell['engine']): {
  readonly style: string;
  readonly marker: MarkerShape;
} {
  switch (engine) {
    case 'event':
      return { style: 'event', marker: 'circle' };
    case 'micro-batch':
      return { style: 'batch', marker: 'square' };
    case 'flink':
      return { style: 'flink', marker: 'triangle' };
    case 'spark':
      return { style: 'spark', marker: 'diamond' };
  }
}
