import type { Schema } from './nodes.ts';
import type { WatermarkNode } from './watermark.ts';

/** Why a watermark is wrong in itself or for the rows that reach it; undefined if it is right. */
export function checkWatermark(node: WatermarkNode, before: Schema): string | undefined {
  if (before[node.field] !== 'int64') {
    return `the event time "${node.field}" must be an int64 field of (${Object.keys(before).join(', ')})`;
  }
  if (!Number.isSafeInteger(node.delayMs) || node.delayMs < 0) {
    return 'delayMs must be a whole number of at least 0';
  }
  if (node.generator !== undefined && node.delayMs !== 0) {
    return 'delayMs must be 0 beside a generator, which takes its place';
  }
  if (!(node.idleTimeoutMs > 0)) return 'idleTimeoutMs must be above 0';
  if (!(node.alignmentMaxDriftMs > 0)) return 'alignmentMaxDriftMs must be above 0';
  return undefined;
}
