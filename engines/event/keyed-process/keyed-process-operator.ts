import type { KeyedProcess, Row, StateDeclarations, StateValue } from '../../pipeline/index.ts';
import { DeclaredStates } from '../../pipeline/keyed-state/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import { type Key, type KeyedStateTable, type StateBackend, VOID_NAMESPACE } from '../state/index.ts';
import { TimerService } from '../timer/index.ts';
import { declaredStateTables } from './declared-state-tables.ts';
import { ProcessContext } from './process-context.ts';
import { STATE_VALUE_CODEC } from './stored-value.ts';

export interface KeyedProcessOptions<Raw> {
  readonly process: KeyedProcess;
  readonly states?: StateDeclarations;
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
  /** The clock of processing time. */
  readonly nowMs: () => number;
}

/**
 * Runs a KeyedProcess function, one row at a time (Flink's KeyedProcessOperator). Rows that it emits are stamped with the time of the
 * row or of the timer that it was called for.
 */
export class KeyedProcessOperator<Raw> implements KeyedOperator<Raw> {
  readonly #process: KeyedProcess;
  readonly #values: KeyedStateTable<StateValue>;
  readonly #states: DeclaredStates;
  readonly #timers: TimerService;
  readonly #context: ProcessContext<Raw>;

  constructor({ process, states: declarations = {}, state, output, nowMs }: KeyedProcessOptions<Raw>) {
    this.#process = process;
    this.#values = state.table('keyed-process', STATE_VALUE_CODEC);
    this.#timers = new TimerService(state);
    this.#context = new ProcessContext({
      values: this.#values,
      timers: this.#timers,
      output,
      nowMs: process.onProcessingTimeTimer && nowMs,
    });
    this.#states = new DeclaredStates({
      declarations,
      tables: declaredStateTables(state),
      current: this.#context,
      nowMs,
    });
    this.#context.states = this.#states.handles;
  }

  processElement(key: Key, row: Row, timestampMs: number): void {
    this.#context.enter(key, timestampMs);
    this.#process.processRows([row], this.#context);
  }

  processWatermark(watermarkMs: number): void {
    this.#timers.advanceWatermark(watermarkMs, this.#onEventTimeTimer);
  }

  get nextProcessingTimeMs(): number {
    return Math.min(this.#timers.nextProcessingTimeMs, this.#states.nextSweepMs);
  }

  processProcessingTime(nowMs: number): void {
    this.#timers.advanceProcessingTime(nowMs, this.#onProcessingTimeTimer);
    this.#states.sweep(nowMs);
  }

  prefetch(keys: readonly Key[]): Promise<void> | undefined {
    return this.#fetch((visit) => {
      for (const key of keys) visit(key);
    });
  }

  prefetchTimers(watermarkMs: number): Promise<void> | undefined {
    return this.#fetch((visit) => this.#timers.forEachDue(watermarkMs, visit));
  }

  prefetchProcessingTimers(nowMs: number): Promise<void> | undefined {
    return this.#fetch((visit) => {
      this.#timers.forEachProcessingDue(nowMs, visit);
      this.#states.forEachSwept(nowMs, visit);
    });
  }

  #fetch(forEachKey: (visit: (key: Key) => void) => void): Promise<void> | undefined {
    return this.#states.prefetch(forEachKey, () =>
      forEachKey((key) => this.#values.request(key, VOID_NAMESPACE)),
    );
  }

  readonly #onEventTimeTimer = (key: Key, _namespace: number, timestampMs: number): void => {
    this.#context.enter(key, timestampMs);
    this.#process.onEventTimeTimer?.(timestampMs, this.#context);
  };

  readonly #onProcessingTimeTimer = (key: Key, _namespace: number, timestampMs: number): void => {
    this.#context.enter(key, timestampMs);
    this.#process.onProcessingTimeTimer?.(timestampMs, this.#context);
  };
}
