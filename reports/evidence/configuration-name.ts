import { seriesName } from '../comparison/index.ts';
import type { Cell } from '../model/index.ts';

/** `micro-batch (tuned-latency), triggerIntervalMs=100`, with the guarantee where it is not at-least-once. */
export function configurationName(cell: Cell): string {
  const name = seriesName(cell);
  return cell.guarantee === 'at-least-once' ? name : `${name}, ${cell.guarantee}`;
}
