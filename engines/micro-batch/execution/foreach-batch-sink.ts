import { CrosscurrentError } from '../../../errors/index.ts';
import type { Dataflow, DataflowNode } from '../../pipeline/index.ts';
import { microBatchErrors } from '../errors.ts';
import type { BatchSink } from './ports.ts';

/**
 * A sink in front of which the dataflow's own function sees each batch with rows (foreachBatch of Spark). What it gives
 * goes on in their place, under the dataflow's key where a row has that field. A batch that is run again after a crash
 * comes with the same id and the same rows, also one that the sink already holds.
 */
export function withForeachBatch(sink: BatchSink, { name, nodes }: Dataflow): BatchSink {
  const foreachBatch = nodes.find((node) => node.kind === 'sink')?.foreachBatch;
  if (foreachBatch === undefined) return sink;
  const keyField = keyFieldOf(nodes);
  return {
    async addBatch(output) {
      const { rows, batchId } = output;
      if (rows.length === 0) return sink.addBatch(output);
      const given = await foreachBatch(
        rows.map(({ row }) => row),
        batchId,
      ).catch((error) => {
        if (error instanceof CrosscurrentError) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw microBatchErrors.error(
          'MICRO_BATCH_FOREACH_FAILED',
          { dataflow: name, batchId, reason },
          error,
        );
      });
      const keyed = given.map((row) => ({
        key: keyField === undefined ? null : (row[keyField] ?? null),
        row,
      }));
      return sink.addBatch({ ...output, rows: keyed });
    },
    close: () => sink.close(),
  };
}

/** Of the keyBy; of a join the left side's. */
function keyFieldOf(nodes: readonly DataflowNode[]): string | undefined {
  for (const node of nodes) {
    if (node.kind === 'keyBy') return node.field;
    if (node.kind === 'intervalJoin') return keyFieldOf(node.inputs[0]);
  }
  return undefined;
}
