import type { OutgoingRecord } from '../../../kafka/index.ts';
import type { BatchOutput } from '../execution/index.ts';
import { partitionOfKey } from '../state/index.ts';

interface OutputTopic {
  readonly topic: string;
  readonly partitions: number;
}

export interface OutputTopics {
  readonly results: OutputTopic;
  /** Of each source, in the order of the plan. */
  readonly deadLetters: readonly OutputTopic[];
}

/**
 * The records of a batch: each result row as JSON text under the dataflow's key, one key always in one partition;
 * dead letters as they came. What has no key goes round the partitions.
 */
export function* outputRecords(
  output: BatchOutput,
  { results, deadLetters }: OutputTopics,
): Generator<OutgoingRecord> {
  for (const [index, { key, row }] of output.rows.entries()) {
    const text = key === null ? null : String(key);
    yield {
      topic: results.topic,
      partition: text === null ? index % results.partitions : partitionOfKey(text, results.partitions),
      key: text,
      value: JSON.stringify(row),
    };
  }
  for (const [source, letters] of output.deadLetters.entries()) {
    const { topic, partitions } = deadLetters[source] as OutputTopic;
    for (const [index, { key, value }] of letters.entries()) {
      yield { topic, partition: index % partitions, key, value };
    }
  }
}
