import { count, type Dataflow, dataflow, sum } from '../../pipeline/index.ts';

/** What the job crosscurrent.flink.merchant.MerchantSpend computes: of a dataflow Flink takes the name alone. */
export function merchantSpend(): Dataflow {
  return dataflow('merchant-spend')
    .source({
      input: 'input',
      schema: { seq: 'int64', merchant: 'utf8', amountMinor: 'int64', tsMs: 'int64' },
      deadLetterOutput: 'dead-letter',
    })
    .keyBy('merchant')
    .aggregate({ count: count(), totalMinor: sum('amountMinor') }, { emit: 'changes' })
    .sink('output');
}
