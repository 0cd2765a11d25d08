import type { WireError } from '../../../errors/index.ts';
import type { Deployment } from '../../pipeline/index.ts';
import type { OffsetRange } from '../execution/index.ts';
import type { WireOutputs } from './output-wire.ts';

/** What a task thread is given at its start. */
export interface TaskThreadJob {
  readonly kind: 'job';
  readonly deployment: Deployment;
  readonly incarnation: number;
  /** Its number, from 0, and how many there are. */
  readonly thread: number;
  readonly threads: number;
}

/** The ranges of a batch, of the thread's partitions only, by source. */
export interface TaskThreadBatch {
  readonly kind: 'batch';
  readonly ranges: readonly OffsetRange[];
}

export type TaskThreadCommand = TaskThreadJob | TaskThreadBatch | { readonly kind: 'close' };

export type TaskThreadReport =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'done' } & WireOutputs)
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly error: WireError };

/** Which thread runs the task of an input partition; sources start at different threads, so that each has work where partitions are few. */
export const threadOfPartition = (source: number, partition: number, threads: number): number =>
  (source + partition) % threads;
