import type { Row } from '../../pipeline/index.ts';
import { BarrierAligner } from '../checkpoint/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { KeyedOperator } from '../operator/index.ts';
import type { Key } from '../state/index.ts';
import { StatusWatermarkValve, type WatermarkStatus } from '../time/index.ts';

export interface OperatorTaskOptions {
  readonly operator: KeyedOperator<RawRecord | undefined>;
  readonly channels: number;
  /** Watermark that the operator had reached when its state was saved; -Infinity at a first start. */
  readonly restoredWatermarkMs: number;
  readonly monotonicNs: () => bigint;
  readonly onWatermark: (watermarkMs: number) => void;
  /** All barriers of the checkpoint are in: takes the snapshot. The channels go on when it returns. */
  readonly onAligned: (checkpointId: number, alignmentStartedAtNs: bigint) => void;
}

/** The keyed operator with its input channels: combines their watermarks and aligns their barriers. */
export class OperatorTask {
  readonly #options: OperatorTaskOptions;
  readonly #operator: KeyedOperator<RawRecord | undefined>;
  readonly #valve: StatusWatermarkValve;
  readonly #aligner: BarrierAligner;

  constructor(options: OperatorTaskOptions) {
    this.#options = options;
    this.#operator = options.operator;
    this.#aligner = new BarrierAligner(options.channels);
    this.#valve = new StatusWatermarkValve(options.channels, {
      emitWatermark: (watermarkMs) => this.#advance(watermarkMs),
      emitStatus: () => {},
    });
    if (options.restoredWatermarkMs !== Number.NEGATIVE_INFINITY) {
      // The channels' watermarks arrive one after the other; until then records must meet the watermark they met before.
      this.#advance(options.restoredWatermarkMs);
    }
  }

  /** Between a channel's barrier and the checkpoint's last: nothing may be given from it. */
  isBlocked(channel: number): boolean {
    return this.#aligner.isBlocked(channel);
  }

  element(key: Key, row: Row, timestampMs: number, raw: RawRecord | undefined): void {
    this.#operator.processElement(key, row, timestampMs, raw);
  }

  watermark(channel: number, watermarkMs: number): void {
    this.#valve.inputWatermark(channel, watermarkMs);
  }

  status(channel: number, status: WatermarkStatus): void {
    this.#valve.inputStatus(channel, status);
  }

  barrier(channel: number, checkpointId: number): void {
    const step = this.#aligner.onBarrier(channel, checkpointId, this.#options.monotonicNs());
    if (step === 'aligned') {
      this.#options.onAligned(checkpointId, this.#aligner.startedAtNs);
      this.#aligner.release();
    }
  }

  #advance(watermarkMs: number): void {
    this.#operator.processWatermark(watermarkMs);
    this.#options.onWatermark(watermarkMs);
  }
}
