import type { Row } from '../../pipeline/index.ts';
import type { PartitionInput } from '../connect/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { WatermarkStatus } from '../time/index.ts';
import type { InputWatermarks } from './input-watermarks.ts';
import type { SlotExchange } from './slot-exchange.ts';
import type { SlotOutput } from './slot-output.ts';
import type { SourceOutput } from './source-output.ts';

export interface KeylessExchangeOptions {
  readonly sinkBlocked: () => boolean;
  readonly onBarrier: (checkpointId: number) => void;
}

/** A dataflow without keyBy: nothing is exchanged, and a barrier is aligned as soon as it is there. */
export class KeylessExchange implements SlotExchange {
  readonly #options: KeylessExchangeOptions;

  constructor(options: KeylessExchangeOptions) {
    this.#options = options;
  }

  get blocked(): boolean {
    return this.#options.sinkBlocked();
  }

  get barrierBlocked(): boolean {
    return this.blocked;
  }

  get settled(): boolean {
    return true;
  }

  barrier(checkpointId: number): void {
    this.#options.onBarrier(checkpointId);
  }

  flush(): void {}
}

export interface KeylessOutputOptions {
  /** Which of the job's sources this is, counted from 0. */
  readonly source: number;
  readonly output: SlotOutput;
  readonly sinkBlocked: () => boolean;
  readonly watermarks: InputWatermarks;
}

/** Rows of one source go straight to the sink. */
export class KeylessOutput implements SourceOutput {
  readonly #options: KeylessOutputOptions;

  constructor(options: KeylessOutputOptions) {
    this.#options = options;
  }

  get blocked(): boolean {
    return this.#options.sinkBlocked();
  }

  row(row: Row, _timestampMs: number, _raw: RawRecord | undefined, partition: number): void {
    this.#options.output.emitKeyless(row, partition);
  }

  deadLetter(input: PartitionInput): void {
    this.#options.output.deadLetter(input);
  }

  emitWatermark(watermarkMs: number): void {
    this.#options.watermarks.watermark(0, this.#options.source, watermarkMs);
  }

  emitStatus(status: WatermarkStatus): void {
    this.#options.watermarks.status(0, this.#options.source, status);
  }
}
