import type { Aggregate, Row } from '../../pipeline/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import { type Key, type KeyedStateTable, type StateBackend, VOID_NAMESPACE } from '../state/index.ts';
import { type Accumulator, Aggregation, type ResultRow } from './accumulator.ts';

export interface RunningAggregateOptions<Raw> {
  readonly keyField: string;
  readonly aggregates: Readonly<Record<string, Aggregate>>;
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
}

/** Aggregates per key; every input gives its key's new result, stamped with the input's time. */
export class RunningAggregateOperator<Raw> implements KeyedOperator<Raw> {
  readonly #keyField: string;
  readonly #aggregation: Aggregation;
  readonly #accumulators: KeyedStateTable<Accumulator>;
  readonly #state: StateBackend;
  readonly #output: OperatorOutput<Raw>;

  constructor(options: RunningAggregateOptions<Raw>) {
    this.#keyField = options.keyField;
    this.#aggregation = new Aggregation(options.aggregates);
    this.#state = options.state;
    this.#accumulators = options.state.table('aggregate', this.#aggregation.codec);
    this.#output = options.output;
  }

  processElement(key: Key, row: Row, timestampMs: number): void {
    let accumulator = this.#accumulators.getForUpdate(key, VOID_NAMESPACE);
    if (accumulator === undefined) {
      accumulator = this.#aggregation.create();
      this.#accumulators.put(key, VOID_NAMESPACE, accumulator);
    }
    this.#aggregation.add(accumulator, row);
    const result: ResultRow = { [this.#keyField]: key };
    this.#aggregation.appendResults(accumulator, result);
    this.#output.emit(key, result, timestampMs);
  }

  processWatermark(): void {}

  get nextProcessingTimeMs(): number {
    return Number.POSITIVE_INFINITY;
  }

  processProcessingTime(): void {}

  prefetchProcessingTimers(): undefined {
    return undefined;
  }

  prefetch(keys: readonly Key[]): Promise<void> | undefined {
    return this.#state.prefetch(() => {
      for (const key of keys) this.#accumulators.request(key, VOID_NAMESPACE);
    });
  }

  prefetchTimers(): undefined {
    return undefined;
  }
}
