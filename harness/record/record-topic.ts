import type { KafkaClient } from '../../kafka/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import type { Anonymisation } from './pseudonyms.ts';
import { Recording, type RecordingCounts } from './recording.ts';

const POLL_WAIT_MS = 100;

export interface RecordTask {
  readonly client: KafkaClient;
  readonly topic: string;
  /**
   * `beginning`: what the topic holds when the recording starts, and with a duration what comes within it. `end`: only what comes, until the
   * duration is over, `maxRecords` are there, or the signal ends it.
   */
  readonly from: 'beginning' | 'end';
  readonly durationMs?: number;
  readonly maxRecords: number;
  readonly anonymisation?: Anonymisation;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  /** Ends the recording and keeps what is there. */
  readonly signal: AbortSignal;
  /** Called after each fetch that brought something. */
  readonly onProgress: (records: number) => void;
}

/**
 * Reads what is committed in all partitions of a topic and makes a log of it, in order of the records' timestamps. With `maxRecords` these are
 * the first of all partitions together.
 *
 * @throws KAFKA_TOPIC_MISSING and other KAFKA_* errors, RECORD_NOTHING, RECORD_KEY_NO_TEXT, RECORD_TOO_LARGE
 */
export async function recordTopic(
  task: RecordTask,
): Promise<{ readonly log: RecordedLog; readonly counts: RecordingCounts }> {
  const { client, topic, from, durationMs, maxRecords, signal } = task;
  const partitions = await client.admin.partitionCount(topic);
  const ends = await client.admin.endOffsets(topic, 'read-committed');
  const starts = from === 'end' ? ends : await client.admin.startOffsets(topic);
  const isLive = from === 'end' || durationMs !== undefined;
  const recording = new Recording(topic, partitions, task.anonymisation);
  const untilMs = task.nowMs() + (durationMs ?? Number.POSITIVE_INFINITY);
  const endOf = (partition: number): number =>
    isLive ? Number.POSITIVE_INFINITY : (ends[partition] as number);
  const reader = await client.createReader({ isolation: 'read-committed' });
  // Of the first records overall, one partition can hold all: each is read until it has so many.
  const isDone = (partition: number): boolean =>
    reader.position(topic, partition) >= endOf(partition) || recording.recordsOf(partition) >= maxRecords;
  try {
    reader.assign(starts.map((offset, partition) => ({ topic, partition, offset })));
    const open = new Set(starts.keys());
    while (!signal.aborted && task.nowMs() < untilMs) {
      for (const partition of open) {
        if (!isDone(partition)) continue;
        open.delete(partition);
        reader.pause(topic, partition);
      }
      if (open.size === 0 || (isLive && recording.records >= maxRecords)) break;
      const fetched = await reader.poll(POLL_WAIT_MS);
      for (const { partition, batches } of fetched) {
        for (const batch of batches) recording.add(partition, batch, endOf(partition));
      }
      if (fetched.length > 0) task.onProgress(recording.records);
    }
  } finally {
    await reader.close();
  }
  return { log: recording.finish(maxRecords), counts: recording.counts };
}
