import type { OutgoingRecord } from '../../../kafka/index.ts';
import type { BatchOutput, OutputRow } from '../execution/index.ts';
import { partitionOfKey } from '../state/index.ts';

interface OutputTopic {
  readonly topic: string;
  readonly partitions: number;
}

export interface OutputTopics {
  readonly results: OutputTopic;
  /** Undefined: late rows are counted only. */
  readonly late: OutputTopic | undefined;
  /** Of each source, in the order of the plan. */
  readonly deadLetters: readonly OutputTopic[];
}

/**
 * The records of a batch: each result row as JSON text under the dataflow's key, one key always in one partition; each late row as JSON
 * text without a key; dead letters as they came. What has no key goes round the partitions.
 */
export function* outputRecords(
  output: BatchOutput,
  { results, late, deadLetters }: OutputTopics,
): Generator<OutgoingRecord> {
  yield* rowRecords(output.rows, results);
  if (late !== undefined) yield* rowRecords(output.lateRows ?? [], late);
  for (const [source, letters] of output.deadLetters.entries()) {
    const { topic, partitions } = deadLetters[source] as OutputTopic;
    for (const [index, { key, value }] of letters.entries()) {
      yield { topic, partition: index % partitions, key, value };
    }
  }
}

function* rowRecords(
  rows: readonly OutputRow[],
  { topic, partitions }: OutputTopic,
): Generator<OutgoingRecord> {
  for (const [index, { key, row }] of rows.entries()) {
    const text = key === null ? null : String(key);
    const partition = text === null ? index % partitions : partitionOfKey(text, partitions);
    yield { topic, partition, key: text, value: JSON.stringify(row) };
  }
}
