import type { ChannelWriter } from '../exchange/index.ts';
import type { WatermarkStatus } from '../time/index.ts';

/** The sending ends of a slot's channels, shared by its sources. */
export class OutgoingChannels {
  /** By target slot; undefined at the slot's own place. */
  readonly byTarget: readonly (ChannelWriter | undefined)[];
  readonly #channels: readonly ChannelWriter[];
  /** Some ring is full. Set by who writes elements, until the next flush. */
  blocked = false;

  constructor(byTarget: readonly (ChannelWriter | undefined)[]) {
    this.byTarget = byTarget;
    this.#channels = byTarget.filter((channel) => channel !== undefined);
  }

  watermark(source: number, watermarkMs: number): void {
    for (const channel of this.#channels) {
      channel.watermark(source, watermarkMs);
    }
  }

  status(source: number, status: WatermarkStatus): void {
    for (const channel of this.#channels) {
      channel.status(source, status);
    }
  }

  barrier(checkpointId: number): void {
    for (const channel of this.#channels) {
      channel.barrier(checkpointId);
    }
    this.flush();
  }

  flush(): void {
    this.blocked = false;
    for (const channel of this.#channels) {
      if (!channel.flush()) {
        this.blocked = true;
      }
    }
  }
}
