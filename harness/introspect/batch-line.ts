import type { StreamingQueryProgress } from '../../engines/pipeline/index.ts';
import { significant, whole } from '../../reports/numbers/index.ts';

/** What a batch did, in a line of at most some 80 characters. */
export function batchLine(progress: StreamingQueryProgress, fellBehind: boolean): string {
  const { batchId, numInputRows, batchDuration, eventTime, stateOperators, sink } = progress;
  const state = stateOperators.reduce((total, { numRowsTotal }) => total + numRowsTotal, 0);
  const late = stateOperators.reduce((total, operator) => total + operator.numRowsDroppedByWatermark, 0);
  return [
    `batch ${batchId}: ${whole(numInputRows)} in, ${whole(Math.max(0, sink.numOutputRows))} out, ${whole(batchDuration)} ms`,
    ...(stateOperators.length === 0 ? [] : [`state ${whole(state)}`]),
    ...(late === 0 ? [] : [`late ${whole(late)}`]),
    ...lagOf(eventTime),
    ...(fellBehind ? ['fell behind'] : []),
  ].join(', ');
}

/** How far the watermark was behind the newest row of the batch: the delay, and what the batch before had not seen. */
function lagOf(eventTime: StreamingQueryProgress['eventTime']): readonly string[] {
  const [newest, watermark] = [Date.parse(eventTime?.max ?? ''), Date.parse(eventTime?.watermark ?? '')];
  if (Number.isNaN(newest) || Number.isNaN(watermark) || watermark === 0) return [];
  return [`watermark -${significant((newest - watermark) / 1_000)} s`];
}
