/** Whether a stream takes part in the watermark of what it flows into. */
export type WatermarkStatus = 'active' | 'idle';

/** Receives a stream's watermarks (milliseconds; -Infinity is none yet, Infinity the end of the stream) and its changes of status. */
export interface WatermarkOutput {
  emitWatermark(watermarkMs: number): void;
  emitStatus(status: WatermarkStatus): void;
}
