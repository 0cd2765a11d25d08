import { count, type Dataflow, dataflow, sum } from '../../engines/pipeline/index.ts';
import { OUTPUTS } from '../workload.ts';
import { PAYMENT } from './records.ts';

/** Running count and total of each merchant, put out when they change. */
export function merchantSpend(): Dataflow {
  return dataflow('merchant-spend')
    .source({ input: 'input', schema: PAYMENT, deadLetterOutput: OUTPUTS.deadLetter })
    .keyBy('merchant')
    .aggregate({ count: count(), totalMinor: sum('amountMinor') }, { emit: 'changes' })
    .sink(OUTPUTS.result);
}
