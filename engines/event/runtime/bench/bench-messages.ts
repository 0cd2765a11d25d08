import type { SlotJob } from '../slot-messages.ts';
import type { OpenLoopSchedule } from './open-loop-input.ts';

/** `decoded`: endless rows, results are counted. `open-loop`: records by a schedule, with all between Kafka's port and Kafka's port. */
export type BenchWork =
  | { readonly kind: 'decoded'; readonly keys: number }
  | { readonly kind: 'open-loop'; readonly schedule: OpenLoopSchedule };

export interface BenchJob {
  readonly job: SlotJob;
  readonly work: BenchWork;
}

export type BenchCommand =
  /** @param startNs monotonic: zero of the schedule */
  { readonly kind: 'start'; readonly startNs: bigint } | { readonly kind: 'look' };

/** What a slot has done so far. */
export interface SlotLook {
  readonly atNs: bigint;
  /** Results put out. */
  readonly results: number;
  /** CPU time of the slot's thread. */
  readonly cpuUs: number;
  /** open-loop: of each result, when it was put out, and the due instant in it; milliseconds since the start of the schedule. */
  readonly outMs: readonly number[];
  readonly dueMs: readonly number[];
}

export type BenchReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'look'; readonly look: SlotLook }
  | { readonly kind: 'failed'; readonly reason: string };
