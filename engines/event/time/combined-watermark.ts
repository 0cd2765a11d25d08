import type { WatermarkStatus } from './watermark-output.ts';

/**
 * The watermark of an operator with several inputs: the least of the inputs that are not idle, never going back (Flink's
 * IndexedCombinedWatermarkStatus). An idle input's watermark counts again when it is active again; while all are idle, nothing advances.
 */
export class CombinedWatermark {
  readonly #inputs: { watermarkMs: number; idle: boolean }[];
  readonly #emitWatermark: (watermarkMs: number) => void;
  #combinedMs = Number.NEGATIVE_INFINITY;

  constructor(inputs: number, emitWatermark: (watermarkMs: number) => void) {
    this.#inputs = Array.from({ length: inputs }, () => ({
      watermarkMs: Number.NEGATIVE_INFINITY,
      idle: false,
    }));
    this.#emitWatermark = emitWatermark;
  }

  /** A watermark ends the input's idleness. */
  watermark(input: number, watermarkMs: number): void {
    const state = this.#inputs[input]!;
    state.idle = false;
    if (watermarkMs > state.watermarkMs) state.watermarkMs = watermarkMs;
    this.#advance();
  }

  status(input: number, status: WatermarkStatus): void {
    this.#inputs[input]!.idle = status === 'idle';
    this.#advance();
  }

  #advance(): void {
    let leastMs = Number.POSITIVE_INFINITY;
    let anyActive = false;
    for (const { watermarkMs, idle } of this.#inputs) {
      if (idle) continue;
      anyActive = true;
      if (watermarkMs < leastMs) leastMs = watermarkMs;
    }
    if (!anyActive || leastMs <= this.#combinedMs) return;
    this.#combinedMs = leastMs;
    this.#emitWatermark(leastMs);
  }
}
