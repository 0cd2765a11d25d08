import type { Row } from './nodes.ts';

/** Event time and watermarks, of each partition on its own; the least of the partitions that are not idle counts (semantics A2, A12, A13, B1). */
export interface WatermarkNode {
  readonly kind: 'watermark';
  /** int64 field: event time in milliseconds. */
  readonly field: string;
  /** The watermark stays this far and one millisecond behind the greatest time; 0 where times only rise. 0 beside a generator, which takes its place. */
  readonly delayMs: number;
  /** A partition without records for this long no longer holds the watermark back. */
  readonly idleTimeoutMs: number;
  /**
   * How far in event time one partition may run ahead of the slowest (Flink's watermark alignment). It bounds window state in a
   * backlog. An engine whose batches read all partitions at once has nothing to align.
   */
  readonly alignmentMaxDriftMs: number;
  /** Makes the user's own generator, one a partition. Its state starts anew after a restart, as in Flink; what the operators reached stays. */
  readonly generator?: () => WatermarkGenerator;
}

/** What a generator of the user's puts out. A watermark that is not greater than the last is nothing new; a watermark ends idleness. */
export interface WatermarkGeneratorOutput {
  emitWatermark(watermarkMs: number): void;
  /** The partition holds nobody back until its next watermark. */
  markIdle(): void;
}

/** Watermarks of one partition by the user's own rule (Flink's WatermarkGenerator). */
export interface WatermarkGenerator {
  /** After each row, which is already on its way: a punctuated generator emits here. */
  onEvent(row: Row, timestampMs: number, output: WatermarkGeneratorOutput): void;
  /** After each run of rows, and every 200 ms while none come. */
  onPeriodicEmit?(output: WatermarkGeneratorOutput): void;
}
