import type { AsyncMapNode, Row } from '../../pipeline/index.ts';
import { AsyncOperator } from '../async-io/index.ts';
import type { PartitionInput } from '../connect/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { SlotMeter } from '../introspection/index.ts';
import type { WatermarkStatus } from '../time/index.ts';
import type { EventTimeSource } from './event-time-source.ts';
import type { RowSteps } from './row-steps.ts';
import type { SlotExchange } from './slot-exchange.ts';
import type { SourceOutput } from './source-output.ts';

export interface AsyncOutputOptions {
  readonly node: AsyncMapNode;
  readonly withRaw: boolean;
  /** What the results pass on their way to `next`. */
  readonly steps: RowSteps;
  /** Where the watermark node stands among these steps. */
  readonly eventTime: EventTimeSource | undefined;
  readonly maxEventTimesMs: Float64Array;
  readonly next: SourceOutput;
  /** Of the last asyncMap of its source alone: counts what leaves. */
  readonly meter: SlotMeter | undefined;
  readonly onResult: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** An asyncMap in the way of one source's rows, with the row functions behind it. */
export class AsyncOutput implements SourceOutput {
  readonly operator: AsyncOperator;
  readonly #options: AsyncOutputOptions;

  constructor(options: AsyncOutputOptions) {
    this.#options = options;
    const { node, withRaw, next, onResult, onFailure } = options;
    this.operator = new AsyncOperator({
      node,
      withRaw,
      downstream: {
        get blocked() {
          return next.blocked;
        },
        row: (row, timestampMs, raw, partition) => this.#result(row, timestampMs, raw, partition),
        emitWatermark: (watermarkMs) => next.emitWatermark(watermarkMs),
        emitStatus: (status) => next.emitStatus(status),
      },
      onResult,
      onFailure,
    });
  }

  get blocked(): boolean {
    return this.operator.full || this.#options.next.blocked;
  }

  row(row: Row, timestampMs: number, raw: RawRecord | undefined, partition: number): void {
    this.operator.element(row, timestampMs, raw, partition);
  }

  deadLetter(input: PartitionInput): void {
    this.#options.next.deadLetter(input);
  }

  emitWatermark(watermarkMs: number): void {
    this.operator.watermark(watermarkMs);
  }

  emitStatus(status: WatermarkStatus): void {
    this.operator.status(status);
  }

  #result(result: Row, timestampMs: number, raw: RawRecord | undefined, partition: number): void {
    const { steps, eventTime, maxEventTimesMs, next, meter } = this.#options;
    const kept = steps.pass(result);
    const { row, eventTimeMs, timed } = steps;
    if (kept) {
      meter?.leftAsync();
      next.row(row, timed ? eventTimeMs : timestampMs, raw, partition);
    }
    if (timed && eventTimeMs !== Number.NEGATIVE_INFINITY) {
      if (eventTime?.watchesRows === true) {
        eventTime.onRow(partition, steps.timedRow, eventTimeMs);
      }
      eventTime?.onRecords(partition, Math.max(maxEventTimesMs[partition] as number, eventTimeMs));
    }
  }
}

/** An exchange with asyncMaps before it. A barrier leaves what is inside them behind, as part of the checkpoint. */
export class AsyncExchange implements SlotExchange {
  readonly #exchange: SlotExchange;
  readonly #operators: readonly AsyncOperator[];
  readonly #pump: () => void;

  /**
   * @param operators those of one source in the order in which its rows pass them
   * @param pump makes the keyed operator go on with what it was given
   */
  constructor(exchange: SlotExchange, operators: readonly AsyncOperator[], pump: () => void) {
    this.#exchange = exchange;
    this.#operators = operators;
    this.#pump = pump;
  }

  get blocked(): boolean {
    return this.#exchange.blocked;
  }

  get barrierBlocked(): boolean {
    return this.#exchange.barrierBlocked;
  }

  get settled(): boolean {
    return this.#operators.every((operator) => operator.isEmpty);
  }

  barrier(checkpointId: number): void {
    this.#exchange.barrier(checkpointId);
  }

  flush(): void {
    this.#exchange.flush();
    for (const operator of this.#operators) {
      operator.drain();
    }
    this.#pump();
    this.#exchange.flush();
  }
}
