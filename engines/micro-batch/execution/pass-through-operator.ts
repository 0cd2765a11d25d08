import { rowReader } from '../columnar/index.ts';
import { NO_METRICS, type Operator, type OperatorBatch, type OperatorRun } from './operator.ts';
import type { OutputRow } from './ports.ts';

/** A dataflow without state: rows go to the sink as the steps left them. */
export class PassThroughOperator implements Operator {
  readonly wantsNoDataBatches = false;

  async run({ inputs }: OperatorBatch): Promise<OperatorRun> {
    const rows: OutputRow[] = [];
    for (const batch of inputs.flat()) {
      const rowAt = rowReader(batch);
      for (let index = 0; index < batch.rowCount; index++) {
        rows.push({ key: null, row: rowAt(index) });
      }
    }
    return { rows, metrics: NO_METRICS, commit: async () => {}, abort: () => {} };
  }

  async maintain(): Promise<void> {}
}
