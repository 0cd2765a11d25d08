import type { KafkaConnection } from '../../../kafka/index.ts';
import type { DataflowReference, EngineMutant, Guarantee } from '../../pipeline/index.ts';
import type { OperatorState } from '../checkpoint/index.ts';
import type { EventSettings } from '../settings/index.ts';
import type { SnapshotScope } from '../state/index.ts';
import type { WiredTopic } from './job-wiring.ts';

/** Everything a slot needs, as its thread is given it. */
export interface SlotJob {
  readonly slot: number;
  readonly dataflow: DataflowReference;
  readonly kafka: KafkaConnection;
  readonly guarantee: Guarantee;
  readonly settings: EventSettings;
  /** By the plan's index of sources. */
  readonly inputs: readonly WiredTopic[];
  /** By index. */
  readonly outputs: readonly WiredTopic[];
  /** Folder of the working files of this slot's state. */
  readonly workingFolder: string;
  /** State files to restore from; empty at a first start. */
  readonly stateFiles: readonly string[];
  /** Files of elements to process before all others. */
  readonly channelFiles: readonly string[];
  /** What the slots of the checkpoint that is restored kept without a key, by slot. */
  readonly operatorStates: readonly OperatorState[];
  readonly memory: SharedArrayBuffer;
  /** What the slots tell of themselves. */
  readonly cells: SharedArrayBuffer;
  /** One bell a slot, and the coordinator's. */
  readonly bells: readonly SharedArrayBuffer[];
  readonly coordinatorBell: SharedArrayBuffer;
  /** rings[source slot][target slot]; undefined where source and target are the same. */
  readonly rings: readonly (readonly (SharedArrayBuffer | undefined)[])[];
  /** exactly-once: from this slot to the coordinator. */
  readonly outputRing: SharedArrayBuffer | undefined;
  readonly mutant: EngineMutant | undefined;
}

export interface CheckpointCommand {
  readonly kind: 'checkpoint';
  readonly checkpointId: number;
  /** What of the state to write: the changes alone, where the slot can. */
  readonly scope: SnapshotScope;
  /** Where the slot writes its state. */
  readonly stateFile: string;
  /** Where it writes the elements that barriers overtook. */
  readonly channelFile: string;
  /** Time to align before the barriers overtake what the channels hold, from this command on; 0: they never do. */
  readonly alignedTimeoutMs: number;
  /** Nothing is read after the barrier. */
  readonly last: boolean;
}

/** What the coordinator asks of a slot. */
export type SlotCommand =
  | { readonly kind: 'start' }
  | CheckpointCommand
  /** The checkpoint has failed: what has not been written of it need not be. */
  | { readonly kind: 'cancel-checkpoint'; readonly checkpointId: number }
  /** Read up to these offsets, then end the input. */
  | { readonly kind: 'drain'; readonly endOffsets: readonly number[] }
  | { readonly kind: 'close' };

/** A slot's part of a checkpoint, durable. */
export interface SlotCheckpoint {
  readonly checkpointId: number;
  /** Of this slot's partitions: partition, next offset, greatest event time. */
  readonly inputs: readonly SlotInput[];
  readonly watermarkMs: number;
  readonly lateRecords: number;
  readonly deadLetters: number;
  readonly operatorState: OperatorState;
  /** How many elements the barriers overtook, and the size of their file: 0 without any. */
  readonly overtakenElements: number;
  readonly channelBytes: number;
  /** What the state file holds. */
  readonly scope: SnapshotScope;
  readonly bytes: number;
  /** All records of the state; null where they are not counted. */
  readonly stateEntries: number | null;
  /** From the first barrier to the last. */
  readonly alignmentMs: number;
  /** The alignment, and the synchronous part of the snapshot. */
  readonly pauseMs: number;
}

interface SlotInput {
  readonly partition: number;
  readonly position: number;
  readonly maxEventTimeMs: number;
}

export type SlotReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'checkpointed'; readonly checkpoint: SlotCheckpoint }
  | { readonly kind: 'checkpoint-failed'; readonly checkpointId: number; readonly reason: string }
  | { readonly kind: 'drained' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly error: unknown };
