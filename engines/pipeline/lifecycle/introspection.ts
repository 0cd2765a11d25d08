/**
 * What an engine tells of its insides, beside what it puts out. Counts and times are totals since the tasks last started, so whoever wants rates
 * and shares takes the difference of two looks; after a restart they begin at zero again.
 */
export interface Introspection {
  readonly tasks: readonly TaskProgress[];
  /** Null in a dataflow without event time, and on an engine that does not tell. */
  readonly watermark: WatermarkSight | null;
  readonly checkpoints: CheckpointTally | null;
}

/**
 * What runs as one: a slot's thread of the event-driven engine, with all operators of the slot; a vertex of Flink's job graph, its subtasks added up.
 * The three times add up to the time since the start, of a vertex times its subtasks.
 */
export interface TaskProgress {
  readonly name: string;
  /** Records, or state from disk, were worked on. */
  readonly busyMs: number;
  /** There may be input, and what takes the output has no room, or barriers are being aligned. */
  readonly backPressuredMs: number;
  /** There was nothing to do. */
  readonly idleMs: number;
  /** Milliseconds; null before the first. */
  readonly watermarkMs: number | null;
  /** In the order in which records pass them. */
  readonly operators: readonly OperatorProgress[];
}

export interface OperatorProgress {
  /** The same in all tasks that run it. */
  readonly name: string;
  readonly recordsIn: number;
  readonly recordsOut: number;
  /** Part of its task's busy time; null where the engine tells that of the task alone. */
  readonly busyMs: number | null;
  /** As the last snapshot found it; null before the first, and for an operator that keeps no state. */
  readonly state: StateSize | null;
}

export interface StateSize {
  /** Values of keys, windows and timers; null where the engine does not count them. */
  readonly entries: number | null;
  readonly bytes: number;
}

/** What event time waits for. */
export interface WatermarkSight {
  /** The partition whose greatest event time is the lowest of those that count; null where all are idle. */
  readonly heldBackBy: HoldingPartition | null;
  /** Partitions that hold nobody back, since nothing came from them for too long, or they are at their end. */
  readonly idlePartitions: readonly number[];
}

interface HoldingPartition {
  /** Counted on over the topics of all sources. */
  readonly partition: number;
  /** Its greatest event time behind that of the furthest partition, milliseconds; null before its first record. */
  readonly behindMs: number | null;
  /** For how long it has been the one, milliseconds. */
  readonly forMs: number;
}

/** Of the present process, or of all since the job began on an engine that keeps count. */
export interface CheckpointTally {
  readonly completed: number;
  readonly failed: number;
  /** Of the failed ones: those given up for the time they took. */
  readonly timedOut: number;
  /** The newest that is complete; null before the first. */
  readonly last: CheckpointSize | null;
}

export interface CheckpointSize {
  readonly checkpointId: number;
  readonly durationMs: number;
  /** From the first barrier to the last, the longest of all tasks; null where the engine does not tell. */
  readonly alignmentMs: number | null;
  /** Written for this checkpoint. */
  readonly writtenBytes: number;
  /** State that a restore from it reads; more than what was written where it is incremental. */
  readonly fullBytes: number;
}
