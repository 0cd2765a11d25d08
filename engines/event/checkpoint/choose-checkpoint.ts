import type { CommittedOffset } from '../../../kafka/index.ts';
import { eventErrors } from '../errors.ts';
import type { Manifest } from './manifest.ts';

/** What restoring is decided by. */
export interface ChooseOptions {
  /** Complete checkpoints, newest first. */
  readonly manifests: readonly Manifest[];
  /** What a first start goes on from. */
  readonly savepoint: (() => Promise<Manifest>) | undefined;
  readonly group: string;
  readonly folder: string;
  /** exactly-once: committed position of each partition. Undefined: at-least-once. */
  readonly committed: readonly (CommittedOffset | undefined)[] | undefined;
}

/**
 * The checkpoint to restore, or the savepoint while there is none; undefined to start from the beginning. at-least-once: the newest complete one. exactly-once: the one
 * whose id was committed with the outputs and offsets. A newer one was durable but its transaction was not committed, so its outputs
 * were aborted: it never happened.
 *
 * @throws EVENT_CHECKPOINT_MISSING when offsets were committed with a checkpoint that is not there, EVENT_SAVEPOINT_OUTDATED when it is not the
 * savepoint to start from.
 */
export async function chooseCheckpoint(options: ChooseOptions): Promise<Manifest | undefined> {
  const { manifests, savepoint, committed, group, folder } = options;
  if (committed === undefined) {
    return manifests[0] ?? (await savepoint?.());
  }
  const metadata = committed.find((offset) => offset !== undefined)?.metadata;
  if (metadata === undefined) {
    return savepoint?.();
  }
  const isCommitted = ({ checkpointId }: Manifest): boolean => String(checkpointId) === metadata;
  const manifest = manifests.find(isCommitted);
  if (manifest !== undefined) {
    return manifest;
  }
  if (savepoint === undefined) {
    throw eventErrors.error('EVENT_CHECKPOINT_MISSING', { group, folder, checkpointId: metadata });
  }
  const start = await savepoint();
  if (!isCommitted(start)) {
    throw eventErrors.error('EVENT_SAVEPOINT_OUTDATED', { group, checkpointId: metadata });
  }
  return start;
}
