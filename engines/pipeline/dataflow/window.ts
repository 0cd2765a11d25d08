import type { StateValue } from './keyed-process.ts';
import type { Row } from './nodes.ts';

/**
 * How rows are put into windows [start, end). Tumbling windows are aligned to `offsetMs`; sliding ones start every `slideMs`, which may exceed
 * the size and need not divide it; a session grows while rows of its key come within `gapMs`, also exactly at it; the global window never ends.
 */
export type WindowSpecification =
  | { readonly type: 'tumbling'; readonly sizeMs: number; readonly offsetMs: number }
  | { readonly type: 'sliding'; readonly sizeMs: number; readonly slideMs: number; readonly offsetMs: number }
  | { readonly type: 'session'; readonly gapMs: number }
  | { readonly type: 'global' };

export type TumblingWindow = Extract<WindowSpecification, { readonly type: 'tumbling' }>;

/**
 * `side-output` sends each late record to an output, without a key; `count` drops and counts it. An engine that has the record at hand sends it
 * unchanged; one that has its columns sends the row as it reached the window, as JSON.
 */
export type LatePolicy =
  | { readonly kind: 'side-output'; readonly output: string }
  | { readonly kind: 'count' };

/**
 * When a window's result is put out (Flink's triggers of these names). `count` and `continuousEventTime` keep the content, so results
 * accumulate; `purging` empties the window whenever the trigger inside it fires.
 */
export type Trigger =
  | { readonly type: 'eventTime' }
  | { readonly type: 'processingTime' }
  | { readonly type: 'count'; readonly count: number }
  | { readonly type: 'continuousEventTime'; readonly intervalMs: number }
  | { readonly type: 'purging'; readonly trigger: Trigger }
  | { readonly type: 'custom'; readonly trigger: CustomTrigger };

/** `purge` empties the window and leaves its timers. */
export type TriggerResult = 'continue' | 'fire' | 'purge' | 'fireAndPurge';

/** Bounds in milliseconds; both infinite for the global window. */
export interface WindowBounds {
  readonly startMs: number;
  readonly endMs: number;
}

/** What a custom trigger may do, for the key and window that it was called for. Valid during the call only. */
export interface TriggerContext {
  readonly currentWatermarkMs: number;
  readonly currentProcessingTimeMs: number;
  /** The trigger's own state of this key and window. */
  readonly state: StateValue | undefined;
  /** Undefined: the window has none from now on. */
  setState(state: StateValue | undefined): void;
  registerEventTimeTimer(timeMs: number): void;
  deleteEventTimeTimer(timeMs: number): void;
  registerProcessingTimeTimer(timeMs: number): void;
  deleteProcessingTimeTimer(timeMs: number): void;
}

/** A trigger of the user's (Flink's Trigger). Pure but for its context. */
export interface CustomTrigger {
  onElement(row: Row, timestampMs: number, window: WindowBounds, context: TriggerContext): TriggerResult;
  onEventTime?(timeMs: number, window: WindowBounds, context: TriggerContext): TriggerResult;
  onProcessingTime?(timeMs: number, window: WindowBounds, context: TriggerContext): TriggerResult;
  /**
   * For session windows: sets, for the merged window, state and timers from those of the merged ones, whose own are cleared after it. A
   * trigger without it is refused there.
   *
   * @param states of the merged windows, as far as they had any
   */
  onMerge?(window: WindowBounds, context: TriggerContext, states: readonly StateValue[]): void;
  /** The window goes: deletes the timers that the trigger set. */
  clear?(window: WindowBounds, context: TriggerContext): void;
}

/**
 * Windows per key, by the rules of Flink's WindowOperator, without its evictors: they would keep every row of every window. Each result row
 * has the key field, `windowStartMs` and `windowEndMs` (none of the global window).
 */
export interface WindowNode {
  readonly kind: 'window';
  readonly window: WindowSpecification;
  readonly late: LatePolicy;
  /** Whose clock puts rows into windows. `processing`: the engine's; no row is late then. Event time if left out. */
  readonly time?: 'event' | 'processing';
  /** If left out: the end of the window in its time; never for the global window. */
  readonly trigger?: Trigger;
  /** How long a window's state outlives its end; a row for it fires the whole window again. 0 if left out. */
  readonly allowedLatenessMs?: number;
}

/**
 * A function over all rows of a window, in place of aggregates (Flink's ProcessWindowFunction). `apply` sees them in arrival order; in a
 * session that was merged, those of one part after those of the other.
 */
export interface WindowFunctionNode {
  readonly kind: 'windowFunction';
  readonly apply: (
    key: string | number,
    rows: readonly Row[],
    window: WindowBounds,
    emit: (row: Row) => void,
  ) => void;
  readonly outputSchema: Readonly<Record<string, 'utf8' | 'int64' | 'float64'>>;
}
