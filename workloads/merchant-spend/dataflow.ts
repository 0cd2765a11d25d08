import { count, type Dataflow, sum } from '../../engines/pipeline/index.ts';
import { OUTPUTS } from '../workload.ts';
import { PAYMENT } from './records.ts';

/** Running count and total of each merchant, put out when they change. */
export function merchantSpend(): Dataflow {
  return {
    name: 'merchant-spend',
    nodes: [
      { kind: 'source', input: 'input', schema: PAYMENT, deadLetterOutput: OUTPUTS.deadLetter },
      { kind: 'keyBy', field: 'merchant' },
      { kind: 'aggregate', aggregates: { count: count(), totalMinor: sum('amountMinor') }, emit: 'changes' },
      { kind: 'sink', output: OUTPUTS.result },
    ],
  };
}
