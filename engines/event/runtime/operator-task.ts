import type { Row } from '../../pipeline/index.ts';
import { BarrierAligner, type RawRecord } from '../exchange/index.ts';
import type { SlotMeter } from '../introspection/index.ts';
import type { KeyedOperator } from '../operator/index.ts';
import type { Key } from '../state/index.ts';
import type { WatermarkStatus } from '../time/index.ts';
import { InputWatermarks } from './input-watermarks.ts';
import { PrefetchQueue } from './prefetch-queue.ts';

export interface OperatorTaskOptions {
  readonly operator: KeyedOperator<RawRecord | undefined>;
  readonly channels: number;
  /** For each of the job's sources the input of the operator that it leads to. */
  readonly inputOfSource: readonly number[];
  /** `fetched`: state has to be brought into reach before it is used. */
  readonly state: 'at-hand' | 'fetched';
  /** Watermark that the operator had reached when its state was saved; -Infinity at a first start. */
  readonly restoredWatermarkMs: number;
  readonly meter: SlotMeter;
  readonly monotonicNs: () => bigint;
  readonly onWatermark: (watermarkMs: number) => void;
  /** All barriers of the checkpoint are in: takes the snapshot. The channels go on when it returns. */
  readonly onAligned: (checkpointId: number, alignmentStartedAtNs: bigint) => void;
  /** The task was busy and can take more. */
  readonly onResume: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** Number of the second input of an operator; the first is 0. */
const SECOND = 1;

/** The keyed operator with its input channels: combines their watermarks and aligns their barriers. */
export class OperatorTask {
  readonly #options: OperatorTaskOptions;
  readonly #operator: KeyedOperator<RawRecord | undefined>;
  readonly #watermarks: InputWatermarks;
  readonly #aligner: BarrierAligner;
  readonly #queue: PrefetchQueue | undefined;
  #dueWatermarkMs: number | undefined;
  readonly #meter: SlotMeter;
  #elements = 0;
  /** After the end of the input no processing-time timer fires any more: those that wait are dropped (Flink's quiesced timer service). */
  #ended = false;

  constructor(options: OperatorTaskOptions) {
    this.#options = options;
    this.#operator = options.operator;
    this.#meter = options.meter;
    this.#aligner = new BarrierAligner(options.channels);
    this.#watermarks = new InputWatermarks(options.channels, options.inputOfSource, (watermarkMs) => {
      this.#dueWatermarkMs = watermarkMs;
    });
    if (options.state === 'fetched') {
      this.#queue = new PrefetchQueue(options.operator, options.onResume, options.onFailure);
    }
    if (options.restoredWatermarkMs !== Number.NEGATIVE_INFINITY) {
      // The channels' watermarks arrive one after the other; until then records must meet the watermark they met before.
      this.#dueWatermarkMs = options.restoredWatermarkMs;
      this.#do(() => this.#advance());
    }
  }

  /** Nothing may be given while this is true. */
  get busy(): boolean {
    return this.#queue?.busy ?? false;
  }

  /** When the next processing-time timer is due; Infinity if there is none. */
  get nextProcessingTimeMs(): number {
    return this.#ended ? Number.POSITIVE_INFINITY : this.#operator.nextProcessingTimeMs;
  }

  /** Fires the processing-time timers up to this instant. */
  processingTime(nowMs: number): void {
    this.#do(() => {
      const fetching = this.#queue && this.#operator.prefetchProcessingTimers(nowMs);
      if (fetching === undefined) {
        this.#operator.processProcessingTime(nowMs);
        return undefined;
      }
      return fetching.then(() => this.#operator.processProcessingTime(nowMs));
    });
    this.pump();
  }

  /** Between a channel's barrier and the checkpoint's last: nothing may be given from it. */
  isBlocked(channel: number): boolean {
    return this.#aligner.isBlocked(channel);
  }

  /** Given so far. */
  get elements(): number {
    return this.#elements;
  }

  element(key: Key, row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    this.#elements++;
    if (this.#queue === undefined) {
      this.#meter.callBegan();
      this.#operator.processElement(key, row, timestampMs, raw);
      this.#meter.callEnded();
    } else {
      this.#queue.element(key, row, timestampMs, raw);
    }
  }

  /** Of the second of two keyed inputs. */
  secondElement(key: Key, row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    this.#elements++;
    if (this.#queue === undefined) {
      this.#meter.callBegan();
      this.#operator.processElement(key, row, timestampMs, raw, SECOND);
      this.#meter.callEnded();
    } else {
      this.#queue.element(key, row, timestampMs, raw, SECOND);
    }
  }

  /** A row of a broadcast input, which is always the second: it has no key, so no keyed state to fetch. */
  broadcast(row: Row, timestampMs: number): void {
    this.#elements++;
    this.#do(() => {
      this.#operator.processElement('', row, timestampMs, undefined, SECOND);
      return undefined;
    });
  }

  /** @param source which of the job's sources it is from */
  watermark(channel: number, watermarkMs: number, source: number): void {
    this.#do(() => {
      this.#watermarks.watermark(channel, source, watermarkMs);
      return this.#advance();
    });
  }

  status(channel: number, status: WatermarkStatus, source: number): void {
    this.#do(() => {
      this.#watermarks.status(channel, source, status);
      return this.#advance();
    });
  }

  /** The channel is blocked when this returns, if only until all others have sent theirs. */
  barrier(channel: number, checkpointId: number): void {
    const step = this.#aligner.onBarrier(channel, checkpointId, this.#options.monotonicNs());
    if (step === 'aligned') {
      const startedAtNs = this.#aligner.startedAtNs;
      this.#do(() => {
        this.#options.onAligned(checkpointId, startedAtNs);
        this.#aligner.release();
        return undefined;
      });
    }
    this.pump();
  }

  /** Channels that the checkpoint under way still awaits; empty without one. */
  get awaitedChannels(): readonly number[] {
    return this.#aligner.missing;
  }

  /**
   * The barriers overtake what the awaited channels hold: takes the snapshot now. The caller keeps the barriers that are to come in those
   * channels to itself, and what stands before them for the checkpoint.
   */
  overtake(): void {
    const { checkpointId, startedAtNs } = this.#aligner;
    this.#do(() => {
      this.#options.onAligned(checkpointId, startedAtNs);
      this.#aligner.release();
      return undefined;
    });
    this.pump();
  }

  /** After a run of elements: processes what was only taken in. */
  pump(): void {
    this.#queue?.pump();
  }

  #do(step: () => Promise<void> | undefined): void {
    if (this.#queue === undefined) {
      this.#meter.callBegan();
      step();
      this.#meter.callEnded();
    } else {
      this.#queue.step(step);
    }
  }

  /** To the watermark that the valve put out, if it did. */
  #advance(): Promise<void> | undefined {
    const watermarkMs = this.#dueWatermarkMs;
    if (watermarkMs === undefined) {
      return undefined;
    }
    this.#dueWatermarkMs = undefined;
    this.#ended ||= watermarkMs === Number.POSITIVE_INFINITY;
    const advance = () => {
      this.#operator.processWatermark(watermarkMs);
      this.#options.onWatermark(watermarkMs);
    };
    const fetching = this.#queue && this.#operator.prefetchTimers(watermarkMs);
    if (fetching === undefined) {
      advance();
      return undefined;
    }
    return fetching.then(advance);
  }
}
