import { CombinedWatermark, StatusWatermarkValve, type WatermarkStatus } from '../time/index.ts';

interface SourceChannels {
  readonly valve: StatusWatermarkValve;
  readonly first: number;
}

/**
 * The watermark of an operator: of each of its inputs by a valve over all channels, which are the sources that lead to it in each slot, and
 * of two inputs the lesser (Flink's StreamTwoInputProcessor before AbstractStreamOperator.processWatermark1 and 2).
 */
export class InputWatermarks {
  /** By source: its input's valve, and where that source's channels begin in it. */
  readonly #sources: readonly SourceChannels[];

  /** @param inputOfSource for each of the job's sources the input that it leads to */
  constructor(slots: number, inputOfSource: readonly number[], emitWatermark: (watermarkMs: number) => void) {
    const inputs = Math.max(...inputOfSource) + 1;
    const combined = new CombinedWatermark(inputs, emitWatermark);
    const valves = Array.from({ length: inputs }, (_, input) => {
      const channels = slots * inputOfSource.filter((each) => each === input).length;
      return new StatusWatermarkValve(channels, {
        emitWatermark: (watermarkMs) => combined.watermark(input, watermarkMs),
        emitStatus: (status) => combined.status(input, status),
      });
    });
    this.#sources = inputOfSource.map((input, source) => ({
      valve: valves[input] as StatusWatermarkValve,
      first: slots * inputOfSource.slice(0, source).filter((each) => each === input).length,
    }));
  }

  watermark(slot: number, source: number, watermarkMs: number): void {
    const { valve, first } = this.#sources[source] as SourceChannels;
    valve.inputWatermark(first + slot, watermarkMs);
  }

  status(slot: number, source: number, status: WatermarkStatus): void {
    const { valve, first } = this.#sources[source] as SourceChannels;
    valve.inputStatus(first + slot, status);
  }
}
