import {
  type KeyedProcessContext,
  processingTimeUndeclared,
  type Row,
  type StateValue,
} from '../../pipeline/index.ts';
import type { OutputRow } from './ports.ts';

/** What is kept of a key: the function's state and its timers in ascending order. A key with neither is not kept. */
export interface KeyState {
  readonly state?: StateValue;
  readonly timersMs: readonly number[];
}

/** The context of a keyedProcess function for one key in one batch. */
export class ProcessCall implements KeyedProcessContext {
  readonly key: string | number;
  readonly currentWatermarkMs: number;
  /** This engine has no declared state. */
  readonly states = {};
  #state: StateValue | undefined;
  readonly #timersMs: Set<number>;
  readonly #emit: (output: OutputRow) => void;
  readonly #onRegister: (timeMs: number) => void;
  #changed = false;

  constructor(
    key: string | number,
    before: KeyState | undefined,
    watermarkMs: number,
    emit: (output: OutputRow) => void,
    onRegister: (timeMs: number) => void,
  ) {
    this.key = key;
    this.currentWatermarkMs = watermarkMs;
    this.#state = before?.state;
    this.#timersMs = new Set(before?.timersMs);
    this.#emit = emit;
    this.#onRegister = onRegister;
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
    this.#emit({ key: this.key, row });
  }

  registerEventTimeTimer(timeMs: number): void {
    if (this.#timersMs.has(timeMs)) return;
    this.#timersMs.add(timeMs);
    this.#changed = true;
    this.#onRegister(timeMs);
  }

  deleteEventTimeTimer(timeMs: number): void {
    if (this.#timersMs.delete(timeMs)) this.#changed = true;
  }

  /** This engine has no processing-time timers. */
  get currentProcessingTimeMs(): never {
    throw processingTimeUndeclared();
  }

  registerProcessingTimeTimer(): never {
    throw processingTimeUndeclared();
  }

  deleteProcessingTimeTimer(): never {
    throw processingTimeUndeclared();
  }

  hasTimer(timeMs: number): boolean {
    return this.#timersMs.has(timeMs);
  }

  /** Whether anything was changed since the key was loaded. */
  get changed(): boolean {
    return this.#changed;
  }

  /** What to keep; undefined if nothing. */
  result(): KeyState | undefined {
    if (this.#state === undefined && this.#timersMs.size === 0) return undefined;
    const timersMs = [...this.#timersMs].sort((a, b) => a - b);
    return this.#state === undefined ? { timersMs } : { state: this.#state, timersMs };
  }
}
