import type { Row, Schema } from '../../pipeline/index.ts';
import { columnsOfRows } from '../columnar/index.ts';
import type { BatchSource, OffsetRange, SourceBatch } from './ports.ts';

/**
 * Rows kept in memory, in partitions: for conformance vectors and tests of semantics, like Spark's MemoryStream. It
 * outlives executions.
 */
export class MemorySource implements BatchSource {
  readonly name = 'memory';
  readonly #schema: Schema;
  readonly #partitions: Row[][];

  constructor(schema: Schema, partitions = 1) {
    this.#schema = schema;
    this.#partitions = Array.from({ length: partitions }, () => []);
  }

  add(rows: readonly Row[], partition = 0): void {
    this.#partitions[partition]?.push(...rows);
  }

  async earliestOffsets(): Promise<readonly number[]> {
    return this.#partitions.map(() => 0);
  }

  async latestOffsets(): Promise<readonly number[]> {
    return this.#partitions.map((rows) => rows.length);
  }

  async read({ from, to }: OffsetRange): Promise<SourceBatch> {
    const partitions = this.#partitions.map((rows, partition) =>
      columnsOfRows(rows.slice(from[partition], to[partition]), this.#schema),
    );
    return { partitions, deadLetters: [] };
  }

  async close(): Promise<void> {}
}
