import type { KeyedProcess, KeyedProcessContext, Row, StateValue } from '../../pipeline/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import {
  type Key,
  type KeyedStateTable,
  type StateBackend,
  type ValueCodec,
  VOID_NAMESPACE,
} from '../state/index.ts';
import { TimerService } from '../timer/index.ts';

export interface KeyedProcessOptions<Raw> {
  readonly process: KeyedProcess;
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
}

/** State values are immutable by their type, so a snapshot may share them. */
const STATE_VALUE_CODEC: ValueCodec<StateValue> = {
  copy: (value) => value,
  write: (value, writer) => writer.text(JSON.stringify(value)),
  read: (reader) => JSON.parse(reader.text()) as StateValue,
};

/**
 * Runs a KeyedProcess function, one row at a time (Flink's KeyedProcessOperator). Rows that it emits are stamped with the time of the
 * row or of the timer that it was called for.
 */
export class KeyedProcessOperator<Raw> implements KeyedOperator<Raw> {
  readonly #process: KeyedProcess;
  readonly #state: StateBackend;
  readonly #values: KeyedStateTable<StateValue>;
  readonly #timers: TimerService;
  readonly #context: Context<Raw>;

  constructor(options: KeyedProcessOptions<Raw>) {
    this.#process = options.process;
    this.#state = options.state;
    this.#values = options.state.table('keyed-process', STATE_VALUE_CODEC);
    this.#timers = new TimerService(options.state);
    this.#context = new Context(this.#values, this.#timers, options.output);
  }

  processElement(key: Key, row: Row, timestampMs: number): void {
    this.#context.enter(key, timestampMs);
    this.#process.processRows([row], this.#context);
  }

  processWatermark(watermarkMs: number): void {
    this.#timers.advanceWatermark(watermarkMs, this.#onTimer);
  }

  get nextProcessingTimeMs(): number {
    return this.#timers.nextProcessingTimeMs;
  }

  processProcessingTime(nowMs: number): void {
    this.#timers.advanceProcessingTime(nowMs, this.#onTimer);
  }

  prefetch(keys: readonly Key[]): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      for (const key of keys) this.#values.request(key, VOID_NAMESPACE);
    });
  }

  prefetchTimers(watermarkMs: number): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      this.#timers.forEachDue(watermarkMs, (key) => this.#values.request(key, VOID_NAMESPACE));
    });
  }

  prefetchProcessingTimers(nowMs: number): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      this.#timers.forEachProcessingDue(nowMs, (key) => this.#values.request(key, VOID_NAMESPACE));
    });
  }

  readonly #onTimer = (key: Key, _namespace: number, timestampMs: number): void => {
    this.#context.enter(key, timestampMs);
    this.#process.onEventTimeTimer?.(timestampMs, this.#context);
  };
}

/** One object for all calls: a function may use it during its call only. */
class Context<Raw> implements KeyedProcessContext {
  readonly #values: KeyedStateTable<StateValue>;
  readonly #timers: TimerService;
  readonly #output: OperatorOutput<Raw>;
  #key: Key = '';
  #timestampMs = 0;

  constructor(values: KeyedStateTable<StateValue>, timers: TimerService, output: OperatorOutput<Raw>) {
    this.#values = values;
    this.#timers = timers;
    this.#output = output;
  }

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
}
