import type { WatermarkOutput, WatermarkStatus } from './watermark-output.ts';

interface InputState {
  watermarkMs: number;
  status: WatermarkStatus;
  /** Takes part in the minimum: active, and not behind the output since it became active again. */
  aligned: boolean;
}

/**
 * The watermark of a task with several input channels: the minimum over the aligned ones, never going back (semantics A12; Flink 2.2's
 * StatusWatermarkValve). All inputs start active, without a watermark. Idle inputs do not hold the minimum back; one that becomes
 * active again counts once it has caught up with the output. When the last input goes idle, and it was the one that held the
 * watermark back, the maximum over all inputs is put out first.
 */
export class StatusWatermarkValve {
  readonly #inputs: readonly InputState[];
  readonly #output: WatermarkOutput;
  #outputMs = Number.NEGATIVE_INFINITY;
  #outputStatus: WatermarkStatus = 'active';

  constructor(inputs: number, output: WatermarkOutput) {
    this.#inputs = Array.from({ length: inputs }, () => ({
      watermarkMs: Number.NEGATIVE_INFINITY,
      status: 'active' as const,
      aligned: true,
    }));
    this.#output = output;
  }

  inputWatermark(input: number, watermarkMs: number): void {
    const state = this.#inputs[input]!;
    if (this.#outputStatus === 'idle' || state.status === 'idle' || watermarkMs <= state.watermarkMs) return;
    state.watermarkMs = watermarkMs;
    if (watermarkMs >= this.#outputMs) state.aligned = true;
    this.#advanceToAlignedMinimum();
  }

  inputStatus(input: number, status: WatermarkStatus): void {
    const state = this.#inputs[input]!;
    if (status === state.status) return;
    state.status = status;
    if (status === 'idle') this.#becomeIdle(state);
    else this.#becomeActive(state);
  }

  #becomeIdle(state: InputState): void {
    state.aligned = false;
    const heldBack = state.watermarkMs === this.#outputMs;
    if (this.#inputs.some((input) => input.status === 'active')) {
      if (heldBack) this.#advanceToAlignedMinimum();
      return;
    }
    if (heldBack) this.#advanceTo(Math.max(...this.#inputs.map((input) => input.watermarkMs)));
    this.#outputStatus = 'idle';
    this.#output.emitStatus('idle');
  }

  #becomeActive(state: InputState): void {
    if (state.watermarkMs >= this.#outputMs) state.aligned = true;
    if (this.#outputStatus === 'idle') {
      this.#outputStatus = 'active';
      this.#output.emitStatus('active');
    }
  }

  #advanceToAlignedMinimum(): void {
    let minimumMs = Number.POSITIVE_INFINITY;
    let anyAligned = false;
    for (const input of this.#inputs) {
      if (!input.aligned) continue;
      anyAligned = true;
      minimumMs = Math.min(minimumMs, input.watermarkMs);
    }
    if (anyAligned) this.#advanceTo(minimumMs);
  }

  #advanceTo(watermarkMs: number): void {
    if (watermarkMs <= this.#outputMs) return;
    this.#outputMs = watermarkMs;
    this.#output.emitWatermark(watermarkMs);
  }
}
