import {
  type KeyedProcessContext,
  processingTimeUndeclared,
  type Row,
  type StateDeclarations,
  type StatesOf,
  type StateValue,
} from '../../pipeline/index.ts';
import type { CurrentKey } from '../../pipeline/keyed-state/index.ts';
import type { OperatorOutput } from '../operator/index.ts';
import { type Key, type KeyedStateTable, VOID_NAMESPACE } from '../state/index.ts';
import type { TimerService } from '../timer/index.ts';

export interface ProcessContextParts<Raw> {
  readonly values: KeyedStateTable<StateValue>;
  readonly timers: TimerService;
  readonly output: OperatorOutput<Raw>;
  /** The clock of processing time; undefined for a function without processing-time timers. */
  readonly nowMs: (() => number) | undefined;
}

/** What a keyed function may do. One object for all calls: a function may use it during its call only. */
export class ProcessContext<Raw> implements KeyedProcessContext, CurrentKey {
  /** Set once, before the first call: they in turn need to know the current key. */
  states: StatesOf<StateDeclarations> = {};
  readonly #values: KeyedStateTable<StateValue>;
  readonly #timers: TimerService;
  readonly #output: OperatorOutput<Raw>;
  readonly #nowMs: (() => number) | undefined;
  #key: Key = '';
  #timestampMs = 0;

  constructor({ values, timers, output, nowMs }: ProcessContextParts<Raw>) {
    this.#values = values;
    this.#timers = timers;
    this.#output = output;
    this.#nowMs = nowMs;
  }

  /** What follows is for this key; rows emitted are stamped with this time. */
  enter(key: Key, timestampMs: number): void {
    this.#key = key;
    this.#timestampMs = timestampMs;
  }

  get key(): Key {
    return this.#key;
  }

  get state(): StateValue | undefined {
    return this.#values.get(this.#key, VOID_NAMESPACE);
  }

  get currentWatermarkMs(): number {
    return this.#timers.currentWatermarkMs;
  }

  get currentProcessingTimeMs(): number {
    return this.#processingClock()();
  }

  setState(state: StateValue): void {
    this.#values.put(this.#key, VOID_NAMESPACE, state);
  }

  clearState(): void {
    this.#values.remove(this.#key, VOID_NAMESPACE);
  }

  emit(row: Row): void {
    this.#output.emit(this.#key, row, this.#timestampMs);
  }

  registerEventTimeTimer(timeMs: number): void {
    this.#timers.registerEventTime(this.#key, VOID_NAMESPACE, timeMs);
  }

  deleteEventTimeTimer(timeMs: number): void {
    this.#timers.deleteEventTime(this.#key, VOID_NAMESPACE, timeMs);
  }

  registerProcessingTimeTimer(timeMs: number): void {
    this.#processingClock();
    this.#timers.registerProcessingTime(this.#key, VOID_NAMESPACE, timeMs);
  }

  deleteProcessingTimeTimer(timeMs: number): void {
    this.#processingClock();
    this.#timers.deleteProcessingTime(this.#key, VOID_NAMESPACE, timeMs);
  }

  #processingClock(): () => number {
    if (this.#nowMs === undefined) throw processingTimeUndeclared();
    return this.#nowMs;
  }
}
