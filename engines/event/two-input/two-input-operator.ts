import type { KeyedProcess, Row } from '../../pipeline/index.ts';
import { KeyedProcessOperator, type KeyedProcessOptions } from '../keyed-process/index.ts';
import type { KeyedOperator } from '../operator/index.ts';
import type { Key } from '../state/index.ts';

export interface TwoInputOptions<Raw> extends Omit<KeyedProcessOptions<Raw>, 'process'> {
  /** Makes the function; `input` tells which input the row is from that it is given. */
  readonly processOf: (input: () => number) => KeyedProcess;
  /** Rows of the second input have no key and go here. Left out: they have one, and go to the function. */
  readonly onBroadcast?: (row: Row) => void;
}

/** A keyed function over two inputs: in all but where its rows are from it is one over one input. */
export class TwoInputOperator<Raw> implements KeyedOperator<Raw> {
  readonly #inner: KeyedProcessOperator<Raw>;
  readonly #onBroadcast: ((row: Row) => void) | undefined;
  #input = 0;

  constructor({ processOf, onBroadcast, ...options }: TwoInputOptions<Raw>) {
    this.#inner = new KeyedProcessOperator({ ...options, process: processOf(() => this.#input) });
    this.#onBroadcast = onBroadcast;
  }

  processElement(key: Key, row: Row, timestampMs: number, _raw: Raw, input = 0): void {
    if (input === 1 && this.#onBroadcast !== undefined) {
      this.#onBroadcast(row);
      return;
    }
    this.#input = input;
    this.#inner.processElement(key, row, timestampMs);
  }

  processWatermark(watermarkMs: number): void {
    this.#inner.processWatermark(watermarkMs);
  }

  get nextProcessingTimeMs(): number {
    return this.#inner.nextProcessingTimeMs;
  }

  processProcessingTime(nowMs: number): void {
    this.#inner.processProcessingTime(nowMs);
  }

  prefetch(keys: readonly Key[]): Promise<void> | undefined {
    return this.#inner.prefetch(keys);
  }

  prefetchTimers(watermarkMs: number): Promise<void> | undefined {
    return this.#inner.prefetchTimers(watermarkMs);
  }

  prefetchProcessingTimers(nowMs: number): Promise<void> | undefined {
    return this.#inner.prefetchProcessingTimers(nowMs);
  }
}
