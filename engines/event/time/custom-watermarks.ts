import type { Row, WatermarkGenerator as RowWatermarkGenerator } from '../../pipeline/index.ts';
import type { WatermarkGenerator } from './watermark-generator.ts';
import type { WatermarkOutput } from './watermark-output.ts';

/** A generator of the user's. It is told of each row by `onRow`, and may put out a watermark at once (punctuated) or when asked to. */
export class CustomWatermarks implements WatermarkGenerator {
  readonly #generator: RowWatermarkGenerator;
  readonly #output: { readonly emitWatermark: (watermarkMs: number) => void; readonly markIdle: () => void };

  /** @param output where everything goes that the generator puts out */
  constructor(generator: RowWatermarkGenerator, output: WatermarkOutput) {
    this.#generator = generator;
    this.#output = {
      emitWatermark: (watermarkMs) => output.emitWatermark(watermarkMs),
      markIdle: () => output.emitStatus('idle'),
    };
  }

  onRow(row: Row, timestampMs: number): void {
    this.#generator.onEvent(row, timestampMs, this.#output);
  }

  /** The rows themselves count. */
  onEvent(): void {}

  onPeriodicEmit(): void {
    this.#generator.onPeriodicEmit?.(this.#output);
  }
}
