import type { CommittedOffset } from '../../../kafka/index.ts';
import { eventErrors } from '../errors.ts';
import type { Manifest } from './manifest.ts';

/** What restoring is decided by. */
export interface ChooseOptions {
  /** Complete checkpoints, newest first. */
  readonly manifests: readonly Manifest[];
  readonly group: string;
  readonly folder: string;
  /** exactly-once: committed position of each partition. Undefined: at-least-once. */
  readonly committed: readonly (CommittedOffset | undefined)[] | undefined;
}

/**
 * The checkpoint to restore; undefined to start from the beginning. at-least-once: the newest complete one. exactly-once: the one
 * whose id was committed with the outputs and offsets. A newer one was durable but its transaction was not committed, so its outputs
 * were aborted: it never happened.
 *
 * @throws EVENT_CHECKPOINT_MISSING when offsets were committed with a checkpoint that is not there.
 */
export function chooseCheckpoint(options: ChooseOptions): Manifest | undefined {
  const { manifests, committed, group, folder } = options;
  if (committed === undefined) {
    return manifests[0];
  }
  const metadata = committed.find((offset) => offset !== undefined)?.metadata;
  if (metadata === undefined) {
    return undefined;
  }
  const manifest = manifests.find(({ checkpointId }) => String(checkpointId) === metadata);
  if (manifest === undefined) {
    throw eventErrors.error('EVENT_CHECKPOINT_MISSING', { group, folder, checkpointId: metadata });
  }
  return manifest;
}
