import {
  type KeyedProcess,
  type KeyedProcessContext,
  processingTimeUndeclared,
  type Row,
  type StateDeclarations,
  type StatesOf,
  type StateValue,
} from '../../pipeline/index.ts';

/** What is kept of a key: the function's state and its timers in ascending order. A key with neither is not kept. */
export interface KeyState {
  readonly state?: StateValue;
  readonly timersMs: readonly number[];
  /** Timers of processing time. */
  readonly clockTimersMs?: readonly number[];
}

export type TimerDomain = 'event' | 'clock';

/** What the calls of one batch have in common. */
export interface ProcessBatch {
  readonly process: KeyedProcess;
  /** -Infinity before the first watermark. */
  readonly watermarkMs: number;
  /** The batch's time. */
  readonly timestampMs: number;
  /** Of the key under way. */
  readonly states: StatesOf<StateDeclarations>;
  emit(key: string | number, row: Row): void;
  /** A timer that was not there. */
  registered(call: ProcessCall, domain: TimerDomain, timeMs: number): void;
}

/** The context of a keyedProcess function for one key in one batch. */
export class ProcessCall implements KeyedProcessContext {
  readonly key: string | number;
  /** The key in the state. */
  readonly text: string;
  readonly before: KeyState | undefined;
  readonly #batch: ProcessBatch;
  #state: StateValue | undefined;
  readonly #timersMs: Set<number>;
  #clockTimersMs: Set<number> | undefined;
  #changed = false;

  constructor(text: string, key: string | number, before: KeyState | undefined, batch: ProcessBatch) {
    this.key = key;
    this.text = text;
    this.before = before;
    this.#batch = batch;
    this.#state = before?.state;
    this.#timersMs = new Set(before?.timersMs);
    this.#clockTimersMs = before?.clockTimersMs && new Set(before.clockTimersMs);
  }

  get states(): StatesOf<StateDeclarations> {
    return this.#batch.states;
  }

  get currentWatermarkMs(): number {
    return this.#batch.watermarkMs;
  }

  get state(): StateValue | undefined {
    return this.#state;
  }

  setState(state: StateValue): void {
    // A copy, so that a function that goes on changing its object does not change what was committed.
    this.#state = structuredClone(state);
    this.#changed = true;
  }

  clearState(): void {
    this.#state = undefined;
    this.#changed = true;
  }

  emit(row: Row): void {
    this.#batch.emit(this.key, row);
  }

  registerEventTimeTimer(timeMs: number): void {
    if (this.#timersMs.has(timeMs)) return;
    this.#timersMs.add(timeMs);
    this.#changed = true;
    this.#batch.registered(this, 'event', timeMs);
  }

  deleteEventTimeTimer(timeMs: number): void {
    this.takeTimer('event', timeMs);
  }

  get currentProcessingTimeMs(): number {
    this.#requireClock();
    return this.#batch.timestampMs;
  }

  registerProcessingTimeTimer(timeMs: number): void {
    this.#requireClock();
    this.#clockTimersMs ??= new Set();
    if (this.#clockTimersMs.has(timeMs)) return;
    this.#clockTimersMs.add(timeMs);
    this.#changed = true;
    this.#batch.registered(this, 'clock', timeMs);
  }

  deleteProcessingTimeTimer(timeMs: number): void {
    this.#requireClock();
    this.takeTimer('clock', timeMs);
  }

  /** In no order. */
  timersUpTo(domain: TimerDomain, limitMs: number): readonly number[] {
    const timers = domain === 'event' ? this.#timersMs : this.#clockTimersMs;
    return timers === undefined ? [] : [...timers].filter((timeMs) => timeMs <= limitMs);
  }

  /** Whether there was such a timer, which there is no more. */
  takeTimer(domain: TimerDomain, timeMs: number): boolean {
    const timers = domain === 'event' ? this.#timersMs : this.#clockTimersMs;
    const taken = timers?.delete(timeMs) ?? false;
    if (taken) this.#changed = true;
    return taken;
  }

  /** Whether anything was changed since the key was loaded. */
  get changed(): boolean {
    return this.#changed;
  }

  /** What to keep; undefined if nothing. */
  result(): KeyState | undefined {
    const state = this.#state;
    const timersMs = inOrder(this.#timersMs);
    const clockTimersMs = this.#clockTimersMs && inOrder(this.#clockTimersMs);
    const isTimed = timersMs.length > 0 || (clockTimersMs !== undefined && clockTimersMs.length > 0);
    if (state === undefined && !isTimed) return undefined;
    if (clockTimersMs === undefined) return state === undefined ? { timersMs } : { state, timersMs };
    return state === undefined ? { timersMs, clockTimersMs } : { state, timersMs, clockTimersMs };
  }

  #requireClock(): void {
    if (this.#batch.process.onProcessingTimeTimer === undefined) throw processingTimeUndeclared();
  }
}

const NO_TIMERS: readonly number[] = [];

function inOrder(timesMs: ReadonlySet<number>): readonly number[] {
  return timesMs.size === 0 ? NO_TIMERS : [...timesMs].sort((a, b) => a - b);
}
