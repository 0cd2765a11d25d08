import type { WatermarkOutput } from './watermark-output.ts';

interface PartitionState {
  watermarkMs: number;
  idle: boolean;
}

/**
 * Combines the watermarks of the partitions that one source reads: the minimum over those that are not idle, or the maximum when all
 * are, never going back (Flink 2.2's WatermarkOutputMultiplexer). Through an immediate output a partition's watermark counts at once;
 * through a deferred one at the next `onPeriodicEmit`. A watermark ends a partition's idleness. While all partitions are idle, each
 * combination says so anew.
 */
export class WatermarkMultiplexer {
  readonly #output: WatermarkOutput;
  readonly #partitions = new Map<string, PartitionState>();
  #combinedMs = Number.NEGATIVE_INFINITY;
  #allIdle = false;

  constructor(output: WatermarkOutput) {
    this.#output = output;
  }

  /** A new partition holds the watermark back until it has one of its own, or is idle. */
  register(partition: string): void {
    this.#partitions.set(partition, { watermarkMs: Number.NEGATIVE_INFINITY, idle: false });
  }

  unregister(partition: string): void {
    this.#partitions.delete(partition);
  }

  /** Of a registered partition. */
  immediateOutput(partition: string): WatermarkOutput {
    const state = this.#partitions.get(partition)!;
    return {
      emitWatermark: (watermarkMs) => {
        if (setWatermark(state, watermarkMs) && watermarkMs > this.#combinedMs) this.onPeriodicEmit();
      },
      emitStatus: (status) => {
        state.idle = status === 'idle';
        this.onPeriodicEmit();
      },
    };
  }

  /** Of a registered partition. */
  deferredOutput(partition: string): WatermarkOutput {
    const state = this.#partitions.get(partition)!;
    return {
      emitWatermark: (watermarkMs) => {
        setWatermark(state, watermarkMs);
      },
      emitStatus: (status) => {
        state.idle = status === 'idle';
      },
    };
  }

  /** Combines what all partitions have told so far. Without partitions the idleness of the last combination stands. */
  onPeriodicEmit(): void {
    const partitions = [...this.#partitions.values()];
    const active = partitions.filter((partition) => !partition.idle);
    if (partitions.length > 0) this.#allIdle = active.length === 0;
    if (active.length > 0) {
      this.#advanceTo(Math.min(...active.map((partition) => partition.watermarkMs)));
    } else if (this.#allIdle) {
      // nothing will hold the watermark back any more
      this.#advanceTo(Math.max(...partitions.map((partition) => partition.watermarkMs)));
      this.#output.emitStatus('idle');
    }
  }

  #advanceTo(watermarkMs: number): void {
    if (watermarkMs <= this.#combinedMs) return;
    this.#combinedMs = watermarkMs;
    this.#output.emitWatermark(watermarkMs);
  }
}

function setWatermark(partition: PartitionState, watermarkMs: number): boolean {
  partition.idle = false;
  if (watermarkMs <= partition.watermarkMs) return false;
  partition.watermarkMs = watermarkMs;
  return true;
}
