import { count, type Dataflow, dataflow, type LatePolicy, sum } from '../../engines/pipeline/index.ts';
import { type DataflowOptions, OUTPUTS } from '../workload.ts';
import { ALIGNMENT_DRIFT_MS, IDLE_TIMEOUT_MS, WATERMARK_DELAY_MS, WINDOW_MS } from './event-time.ts';
import { SALE } from './records.ts';

/** Revenue of each region in windows of five minutes of event time. */
export function regionalRevenue(options: DataflowOptions): Dataflow {
  const late: LatePolicy =
    options.late === 'side-output' ? { kind: 'side-output', output: OUTPUTS.late } : { kind: 'count' };
  return dataflow('regional-revenue')
    .source({ input: 'input', schema: SALE, deadLetterOutput: OUTPUTS.deadLetter })
    .withWatermark({
      field: 'eventTimeMs',
      delayMs: WATERMARK_DELAY_MS,
      idleTimeoutMs: IDLE_TIMEOUT_MS,
      alignmentMaxDriftMs: ALIGNMENT_DRIFT_MS,
    })
    .keyBy('region')
    .window({ type: 'tumbling', sizeMs: WINDOW_MS, offsetMs: 0 }, late)
    .aggregate({ count: count(), totalMinor: sum('amountMinor') }, { emit: 'final' })
    .sink(OUTPUTS.result);
}
