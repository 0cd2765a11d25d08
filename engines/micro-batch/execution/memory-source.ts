import type { FieldCondition, Row, Schema } from '../../pipeline/index.ts';
import { columnsOfRows, rowsMeeting, takeRows } from '../columnar/index.ts';
import type { BatchSource, OffsetRange, SourceBatch } from './ports.ts';

/**
 * Rows kept in memory, in partitions: for conformance vectors and tests of semantics, like Spark's MemoryStream. It
 * outlives executions.
 */
export class MemorySource implements BatchSource {
  readonly name = 'memory';
  readonly #schema: Schema;
  readonly #condition: FieldCondition | undefined;
  readonly #partitions: Row[][];

  /** @param condition of the plan's source: rows that do not meet it are not given */
  constructor(schema: Schema, partitions = 1, condition?: FieldCondition) {
    this.#schema = schema;
    this.#condition = condition;
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
    let filteredRows = 0;
    const partitions = this.#partitions.map((rows, partition) => {
      const read = columnsOfRows(rows.slice(from[partition], to[partition]), this.#schema);
      if (this.#condition === undefined) return read;
      const kept = takeRows(read, rowsMeeting(read, this.#condition), read.names());
      filteredRows += read.rowCount - kept.rowCount;
      return kept;
    });
    return { partitions, deadLetters: [], filteredRows };
  }

  /** Everything is at hand always: nothing is waited for. */
  async fetchAhead(): Promise<void> {}

  arrivedOffsets(): readonly number[] {
    return this.#partitions.map((rows) => rows.length);
  }

  async close(): Promise<void> {}
}
