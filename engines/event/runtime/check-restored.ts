import type { CommittedOffset } from '../../../kafka/index.ts';
import type { Manifest } from '../checkpoint/index.ts';
import { eventErrors } from '../errors.ts';
import type { JobWiring, WiredTopic } from './job-wiring.ts';
import { transactionOffsets } from './transaction-offsets.ts';

/**
 * The offsets were committed with the checkpoint in one transaction, so they are either all its own or somebody else's.
 *
 * @param committed of all inputs one after the other; empty where none are expected
 * @throws EVENT_OFFSETS_DIFFER
 */
export function checkCommitted(
  manifest: Manifest,
  group: string,
  inputs: readonly WiredTopic[],
  committed: readonly (CommittedOffset | undefined)[],
): void {
  if (committed.every((offset) => offset === undefined)) return;
  const { checkpointId } = manifest;
  const found = new Map<string, CommittedOffset | undefined>();
  let at = 0;
  for (const { topic, partitions } of inputs) {
    for (let partition = 0; partition < partitions; partition++) {
      found.set(`${partition} ${topic}`, committed[at++]);
    }
  }
  for (const expected of transactionOffsets(group, inputs, manifest.positions, checkpointId).positions) {
    const { topic, partition, offset: position, metadata } = expected;
    const offset = found.get(`${partition} ${topic}`);
    if (offset?.offset === position && offset.metadata === metadata) continue;
    throw eventErrors.error('EVENT_OFFSETS_DIFFER', {
      group,
      topic,
      partition,
      checkpointId,
      position,
      committed: offset === undefined ? 'gone' : offset.offset,
    });
  }
}

/**
 * All records from the checkpoint's positions on must still be there.
 *
 * @throws EVENT_INPUT_GONE
 */
export async function checkInputs(manifest: Manifest, { client, inputs }: JobWiring): Promise<void> {
  let at = 0;
  for (const { topic } of inputs) {
    const [firsts, ends] = await Promise.all([
      client.admin.startOffsets(topic),
      client.admin.endOffsets(topic, 'read-uncommitted'),
    ]);
    for (const [partition, first] of firsts.entries()) {
      const position = manifest.positions[at++] as number;
      const end = ends[partition] as number;
      if (position >= first && position <= end) continue;
      const { checkpointId } = manifest;
      throw eventErrors.error('EVENT_INPUT_GONE', { checkpointId, topic, partition, position, first, end });
    }
  }
}
