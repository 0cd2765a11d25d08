import type { Row } from '../../pipeline/index.ts';
import type { PartitionInput } from '../connect/index.ts';
import type { ChannelWriter, RawRecord } from '../exchange/index.ts';
import type { WatermarkStatus } from '../time/index.ts';
import type { KeyRouter } from './key-router.ts';
import type { OperatorTask } from './operator-task.ts';
import type { SlotExchange } from './slot-exchange.ts';
import type { SlotOutput } from './slot-output.ts';

export interface ExchangeOutputOptions {
  readonly slot: number;
  readonly keyField: string;
  readonly router: KeyRouter;
  /** By target slot; undefined at this slot's own place. */
  readonly channels: readonly (ChannelWriter | undefined)[];
  readonly operator: OperatorTask;
  readonly output: SlotOutput;
  /** Whether this slot's sink holds it back. */
  readonly sinkBlocked: () => boolean;
}

/** The shuffle by key, from one source: over a ring to other slots, by a call to this slot's own operator. */
export class ExchangeOutput implements SlotExchange {
  readonly #options: ExchangeOutputOptions;
  readonly #channels: readonly ChannelWriter[];
  #channelBlocked = false;

  constructor(options: ExchangeOutputOptions) {
    this.#options = options;
    this.#channels = options.channels.filter((channel) => channel !== undefined);
  }

  get blocked(): boolean {
    const { operator, slot, sinkBlocked } = this.#options;
    return this.#channelBlocked || operator.busy || operator.isBlocked(slot) || sinkBlocked();
  }

  row(row: Row, timestampMs: number, raw: RawRecord): void {
    const { keyField, router, slot, operator, channels } = this.#options;
    const key = row[keyField] as string | number;
    const target = router.slotFor(key);
    if (target === slot) {
      operator.element(key, row, timestampMs, raw);
    } else {
      const channel = channels[target] as ChannelWriter;
      channel.element(row, timestampMs, raw);
      if (channel.blocked) {
        this.#channelBlocked = true;
      }
    }
  }

  deadLetter(input: PartitionInput): void {
    this.#options.output.deadLetter(input);
  }

  emitWatermark(watermarkMs: number): void {
    for (const channel of this.#channels) {
      channel.watermark(watermarkMs);
    }
    this.#options.operator.watermark(this.#options.slot, watermarkMs);
  }

  emitStatus(status: WatermarkStatus): void {
    for (const channel of this.#channels) {
      channel.status(status);
    }
    this.#options.operator.status(this.#options.slot, status);
  }

  /** Sends the barrier after everything before it. The slot's own operator is told last: it may be complete with that. */
  barrier(checkpointId: number): void {
    for (const channel of this.#channels) {
      channel.barrier(checkpointId);
    }
    this.flush();
    this.#options.operator.barrier(this.#options.slot, checkpointId);
  }

  /** Sends what waits for frames to fill, as far as the rings have room. */
  flush(): void {
    this.#channelBlocked = false;
    for (const channel of this.#channels) {
      if (!channel.flush()) {
        this.#channelBlocked = true;
      }
    }
  }
}
