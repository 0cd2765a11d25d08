import type { Row } from '../../pipeline/index.ts';
import type { PartitionInput } from '../connect/index.ts';
import type { ChannelWriter, RawRecord } from '../exchange/index.ts';
import type { WatermarkStatus } from '../time/index.ts';
import type { KeyRouter } from './key-router.ts';
import type { OperatorTask } from './operator-task.ts';
import type { OutgoingChannels } from './outgoing-channels.ts';
import type { SlotExchange } from './slot-exchange.ts';
import type { SlotOutput } from './slot-output.ts';
import type { SourceOutput } from './source-output.ts';

export interface KeyedExchangeOptions {
  readonly slot: number;
  readonly channels: OutgoingChannels;
  readonly operator: OperatorTask;
  /** Whether this slot's sink holds it back. */
  readonly sinkBlocked: () => boolean;
}

/** The shuffle from the sources of one slot: over a ring to other slots, by a call to this slot's own operator. */
export class KeyedExchange implements SlotExchange {
  readonly #options: KeyedExchangeOptions;

  constructor(options: KeyedExchangeOptions) {
    this.#options = options;
  }

  get blocked(): boolean {
    return this.#options.channels.blocked || this.barrierBlocked;
  }

  get barrierBlocked(): boolean {
    const { operator, slot, sinkBlocked } = this.#options;
    return operator.busy || operator.isBlocked(slot) || sinkBlocked();
  }

  get settled(): boolean {
    return true;
  }

  /** Sends the barrier after everything before it. The slot's own operator is told last: it may be complete with that. */
  barrier(checkpointId: number): void {
    this.#options.channels.barrier(checkpointId);
    this.#options.operator.barrier(this.#options.slot, checkpointId);
  }

  flush(): void {
    this.#options.channels.flush();
  }
}

interface ExchangeOutputOptions {
  /** Which of the job's sources this is, counted from 0. */
  readonly source: number;
  readonly slot: number;
  readonly channels: OutgoingChannels;
  readonly operator: OperatorTask;
  readonly exchange: KeyedExchange;
  readonly output: SlotOutput;
}

/** Watermarks and dead letters of one source; its rows go where the subclass says. */
abstract class ExchangeOutput implements SourceOutput {
  protected readonly slot: number;
  protected readonly channels: OutgoingChannels;
  protected readonly operator: OperatorTask;
  readonly #source: number;
  readonly #exchange: KeyedExchange;
  readonly #output: SlotOutput;

  constructor(options: ExchangeOutputOptions) {
    this.slot = options.slot;
    this.channels = options.channels;
    this.operator = options.operator;
    this.#source = options.source;
    this.#exchange = options.exchange;
    this.#output = options.output;
  }

  get blocked(): boolean {
    return this.#exchange.blocked;
  }

  abstract row(row: Row, timestampMs: number, raw: RawRecord | undefined): void;

  deadLetter(input: PartitionInput): void {
    this.#output.deadLetter(input);
  }

  emitWatermark(watermarkMs: number): void {
    this.channels.watermark(this.#source, watermarkMs);
    this.operator.watermark(this.slot, watermarkMs, this.#source);
  }

  emitStatus(status: WatermarkStatus): void {
    this.channels.status(this.#source, status);
    this.operator.status(this.slot, status, this.#source);
  }
}

export interface KeyedOutputOptions extends ExchangeOutputOptions {
  readonly keyField: string;
  readonly router: KeyRouter;
}

/** Rows of the first input go to the slot of their key. */
export class KeyedOutput extends ExchangeOutput {
  readonly #keyField: string;
  readonly #router: KeyRouter;

  constructor(options: KeyedOutputOptions) {
    super(options);
    this.#keyField = options.keyField;
    this.#router = options.router;
  }

  row(row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    const key = row[this.#keyField] as string | number;
    const target = this.#router.slotFor(key);
    if (target === this.slot) {
      this.operator.element(key, row, timestampMs, raw);
      return;
    }
    const channel = this.channels.byTarget[target] as ChannelWriter;
    channel.element(row, timestampMs, raw);
    if (channel.blocked) {
      this.channels.blocked = true;
    }
  }
}

/** Rows of the second of two keyed inputs go to the slot of their key. */
export class SecondKeyedOutput extends ExchangeOutput {
  readonly #keyField: string;
  readonly #router: KeyRouter;

  constructor(options: KeyedOutputOptions) {
    super(options);
    this.#keyField = options.keyField;
    this.#router = options.router;
  }

  row(row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    const key = row[this.#keyField] as string | number;
    const target = this.#router.slotFor(key);
    if (target === this.slot) {
      this.operator.secondElement(key, row, timestampMs, raw);
      return;
    }
    const channel = this.channels.byTarget[target] as ChannelWriter;
    channel.secondElement(row, timestampMs, raw);
    if (channel.blocked) {
      this.channels.blocked = true;
    }
  }
}

/** Rows of a broadcast input, the second, go to every slot. */
export class BroadcastOutput extends ExchangeOutput {
  row(row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    for (const channel of this.channels.byTarget) {
      if (channel === undefined) continue;
      channel.secondElement(row, timestampMs, raw);
      if (channel.blocked) {
        this.channels.blocked = true;
      }
    }
    this.operator.broadcast(row, timestampMs);
  }
}
