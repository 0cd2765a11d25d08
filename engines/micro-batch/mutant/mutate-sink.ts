import type { Dataflow, EngineMutant } from '../../pipeline/index.ts';
import { ResultSpoiler } from '../../pipeline/mutant/index.ts';
import type { BatchOutput, BatchSink } from '../execution/index.ts';

/**
 * lost-commit: the rows of one batch go nowhere, and its offsets are committed; it is the second one with rows. wrong-total: one row
 * carries a wrong sum.
 */
export function mutateSink(mutant: EngineMutant | undefined, sink: BatchSink, dataflow: Dataflow): BatchSink {
  switch (mutant) {
    case 'lost-commit': {
      let withRows = 0;
      return changed(sink, (output) =>
        output.rows.length > 0 && ++withRows === 2 ? { ...output, rows: [] } : output,
      );
    }
    case 'wrong-total': {
      const spoiler = new ResultSpoiler(dataflow);
      return changed(sink, (output) => ({
        ...output,
        rows: output.rows.map(({ key, row }) => ({ key, row: spoiler.pass(row) })),
      }));
    }
    default:
      return sink;
  }
}

function changed(sink: BatchSink, change: (output: BatchOutput) => BatchOutput): BatchSink {
  return { addBatch: (output) => sink.addBatch(change(output)), close: () => sink.close() };
}
