import type { WatermarkOutput } from './watermark-output.ts';

/** Makes the watermarks of one stream of records: told of every record, it emits when asked to. */
export interface WatermarkGenerator {
  onEvent(timestampMs: number): void;
  /** To be called now and then. Emits also an unchanged watermark. */
  onPeriodicEmit(output: WatermarkOutput): void;
}

/** Watermark: greatest time seen, minus the delay, minus one (semantics A2; BoundedOutOfOrdernessWatermarks). */
export class BoundedOutOfOrderness implements WatermarkGenerator {
  readonly #delayMs: number;
  #greatestMs = Number.NEGATIVE_INFINITY;

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  /** -Infinity before the first record. */
  get watermarkMs(): number {
    return this.#greatestMs - this.#delayMs - 1;
  }

  onEvent(timestampMs: number): void {
    if (timestampMs > this.#greatestMs) this.#greatestMs = timestampMs;
  }

  onPeriodicEmit(output: WatermarkOutput): void {
    output.emitWatermark(this.watermarkMs);
  }
}

/**
 * Marks a stream idle when no record came for longer than the timeout (semantics A13; WatermarksWithIdleness). The time counts from the
 * first periodic emission without a record before it. The clock should stand still while the stream is held up by back-pressure, or
 * records that merely wait look like silence.
 */
export class IdlenessDetection implements WatermarkGenerator {
  readonly #generator: WatermarkGenerator;
  readonly #timeoutMs: number;
  readonly #nowMs: () => number;
  #activeSinceEmit = false;
  #silentSinceMs: number | undefined;
  #idle = false;

  /** `nowMs` is a processing-time clock. */
  constructor(generator: WatermarkGenerator, timeoutMs: number, nowMs: () => number) {
    this.#generator = generator;
    this.#timeoutMs = timeoutMs;
    this.#nowMs = nowMs;
  }

  onEvent(timestampMs: number): void {
    this.#generator.onEvent(timestampMs);
    this.#activeSinceEmit = true;
    this.#idle = false;
  }

  onPeriodicEmit(output: WatermarkOutput): void {
    if (!this.#timedOut()) {
      this.#generator.onPeriodicEmit(output);
    } else if (!this.#idle) {
      this.#idle = true;
      output.emitStatus('idle');
    }
  }

  #timedOut(): boolean {
    if (this.#activeSinceEmit) {
      this.#activeSinceEmit = false;
      this.#silentSinceMs = undefined;
      return false;
    }
    if (this.#silentSinceMs === undefined) {
      this.#silentSinceMs = this.#nowMs();
      return false;
    }
    return this.#nowMs() - this.#silentSinceMs > this.#timeoutMs;
  }
}
