import type { Row } from '../../pipeline/index.ts';
import type { PartitionInput } from '../connect/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { SlotExchange } from './slot-exchange.ts';
import type { SlotOutput } from './slot-output.ts';

export interface KeylessOutputOptions {
  readonly output: SlotOutput;
  readonly sinkBlocked: () => boolean;
  readonly onWatermark: (watermarkMs: number) => void;
  readonly onBarrier: (checkpointId: number) => void;
}

/** A dataflow without keyBy: rows go from the source straight to the sink, and a barrier is aligned as soon as it is there. */
export class KeylessOutput implements SlotExchange {
  readonly #options: KeylessOutputOptions;

  constructor(options: KeylessOutputOptions) {
    this.#options = options;
  }

  get blocked(): boolean {
    return this.#options.sinkBlocked();
  }

  row(row: Row, _timestampMs: number, _raw: RawRecord, partition: number): void {
    this.#options.output.emitKeyless(row, partition);
  }

  deadLetter(input: PartitionInput): void {
    this.#options.output.deadLetter(input);
  }

  emitWatermark(watermarkMs: number): void {
    this.#options.onWatermark(watermarkMs);
  }

  emitStatus(): void {}

  barrier(checkpointId: number): void {
    this.#options.onBarrier(checkpointId);
  }

  flush(): void {}
}
