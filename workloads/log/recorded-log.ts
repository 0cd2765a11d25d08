/** The built-in workloads, by name. */
export const WORKLOAD_NAMES = ['merchant-spend', 'login-tracker', 'regional-revenue'] as const;
export type WorkloadName = (typeof WORKLOAD_NAMES)[number];

/** What stands before a topic's name in the specification of a log that was recorded from it. */
export const TOPIC_PREFIX = 'topic:';

/** Everything the bytes of a log depend on. */
export interface LogSpecification {
  /** A built-in workload's name, the path of a module with one's own, as `loadWorkload` takes it, or `topic:NAME` of a recording. */
  readonly workload: string;
  readonly seed: number;
  /** Records that the workload's events make, sentinels not counted. */
  readonly events: number;
  readonly partitions: number;
  /** Number of distinct keys. */
  readonly keys: number;
  /** Zipf exponent of the keys; 0 is uniform. */
  readonly skew: number;
  /** Share of events displaced in event time within the watermark delay, 0 to 1. */
  readonly disorderShare: number;
  /** Share of events that every legal watermark calls late, 0 to 1. */
  readonly lateShare: number;
  /** Share of records cut short so that they are no JSON, 0 to 1. */
  readonly brokenShare: number;
}

/**
 * The recorded input of a workload in replay order: record seq is index seq. Its bytes are a pure function of the specification. All
 * arrays lie over SharedArrayBuffers, so threads share one copy.
 */
export interface RecordedLog {
  readonly specification: LogSpecification;
  /** Of the canonical bytes: for each record `partition \t key \t value \n`. */
  readonly sha256: string;
  /** Records in all, sentinels included. */
  readonly count: number;
  readonly partitionOf: Uint8Array;
  /** UTF-8 JSON of record i: values.subarray(valueStart[i], valueStart[i + 1]). */
  readonly values: Uint8Array;
  readonly valueStart: Uint32Array;
  /** Index into `keys` of each record's key. */
  readonly keyOf: Uint32Array;
  readonly keys: readonly string[];
  /** Of a log recorded from a topic: when each record came, microseconds from the first, so from 0, and never decreasing. */
  readonly dueUs?: Float64Array;
}
