import type { GroupStateContext, Row, StateValue } from '../../pipeline/index.ts';
import { microBatchErrors } from '../errors.ts';
import type { GroupStatePlan } from '../plan/index.ts';

/** What is kept of a group. One with neither is not kept. */
export interface GroupState {
  readonly state?: StateValue;
  readonly timeoutMs?: number;
}

/** The watermark and the time of a batch. */
export interface BatchTimes {
  readonly watermarkMs: number;
  readonly timestampMs: number;
}

interface GroupCallParts {
  readonly plan: GroupStatePlan;
  readonly key: string | number;
  readonly before: GroupState | undefined;
  readonly hasTimedOut: boolean;
  readonly times: BatchTimes;
  readonly emit: (row: Row) => void;
}

/** The group of one call, by the rules of GroupStateImpl of Spark. */
export class GroupStateCall implements GroupStateContext {
  readonly key: string | number;
  readonly hasTimedOut: boolean;
  readonly emit: (row: Row) => void;
  readonly #plan: GroupStatePlan;
  readonly #times: BatchTimes;
  readonly #before: GroupState | undefined;
  #state: StateValue | undefined;
  #timeoutMs: number | undefined;
  #touched: 'no' | 'updated' | 'removed' = 'no';

  constructor({ plan, key, before, hasTimedOut, times, emit }: GroupCallParts) {
    this.key = key;
    this.hasTimedOut = hasTimedOut;
    this.emit = emit;
    this.#plan = plan;
    this.#times = times;
    this.#before = before;
    this.#state = before?.state;
  }

  get currentWatermarkMs(): number {
    return this.#times.watermarkMs;
  }

  get currentProcessingTimeMs(): number {
    return this.#times.timestampMs;
  }

  get state(): StateValue | undefined {
    return this.#state;
  }

  update(state: StateValue): void {
    // A copy, so that a function that goes on changing its object does not change what was committed.
    this.#state = structuredClone(state);
    this.#touched = 'updated';
  }

  remove(): void {
    this.#state = undefined;
    this.#touched = 'removed';
  }

  setTimeoutTimestamp(timeMs: number): void {
    const { watermarkMs } = this.#times;
    if (this.#plan.node.timeout !== 'event-time') {
      throw this.#invalid(timeMs, `its timeouts are ${this.#plan.node.timeout}, not event-time`);
    }
    if (timeMs <= 0) throw this.#invalid(timeMs, 'a timeout must be above 0');
    if (timeMs < watermarkMs) throw this.#invalid(timeMs, `the watermark ${watermarkMs} is past it`);
    this.#timeoutMs = timeMs;
  }

  setTimeoutDuration(durationMs: number): void {
    if (this.#plan.node.timeout !== 'processing-time') {
      throw this.#invalid(durationMs, `its timeouts are ${this.#plan.node.timeout}, not processing-time`);
    }
    if (durationMs <= 0) throw this.#invalid(durationMs, 'a duration must be above 0');
    this.#timeoutMs = this.#times.timestampMs + durationMs;
  }

  /**
   * What the call did to what is kept: a timeout that was not set again is forgotten, and without state and timeout
   * nothing is left to keep.
   */
  outcome():
    | { readonly kind: 'unchanged' | 'removed' }
    | { readonly kind: 'kept'; readonly value: GroupState } {
    const [state, timeoutMs] = [this.#state, this.#timeoutMs];
    const changed = this.#touched !== 'no' || timeoutMs !== this.#before?.timeoutMs;
    if (!changed) return { kind: 'unchanged' };
    if (state === undefined && timeoutMs === undefined) return { kind: 'removed' };
    return {
      kind: 'kept',
      value: { ...(state !== undefined && { state }), ...(timeoutMs !== undefined && { timeoutMs }) },
    };
  }

  #invalid(timeMs: number, reason: string) {
    const { dataflow } = this.#plan;
    return microBatchErrors.error('MICRO_BATCH_TIMEOUT_INVALID', { dataflow, timeMs, key: this.key, reason });
  }
}
