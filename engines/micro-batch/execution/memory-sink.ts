import type { BatchOutput, BatchSink, OutputRow } from './ports.ts';

/**
 * Keeps outputs by batch id, a repeated batch in place of the first: the failure-free output is what stands here in
 * the end.
 */
export class MemorySink implements BatchSink {
  readonly #batches = new Map<number, BatchOutput>();

  async addBatch(output: BatchOutput): Promise<void> {
    this.#batches.set(output.batchId, output);
  }

  rowsOf(batchId: number): readonly OutputRow[] {
    return this.#batches.get(batchId)?.rows ?? [];
  }

  /** Rows of all batches, in batch order. */
  rows(): readonly OutputRow[] {
    return this.#inOrder().flatMap(({ rows }) => rows);
  }

  /** Late rows of all batches, in batch order. */
  lateRows(): readonly OutputRow[] {
    return this.#inOrder().flatMap(({ lateRows = [] }) => lateRows);
  }

  #inOrder(): readonly BatchOutput[] {
    return [...this.#batches.values()].sort((a, b) => a.batchId - b.batchId);
  }

  async close(): Promise<void> {}
}
