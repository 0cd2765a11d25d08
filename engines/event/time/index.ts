export { AttendedClock } from './attended-clock.ts';
export { CombinedWatermark } from './combined-watermark.ts';
export { CustomWatermarks } from './custom-watermarks.ts';
export { StatusWatermarkValve } from './status-watermark-valve.ts';
export { BoundedOutOfOrderness, IdlenessDetection, type WatermarkGenerator } from './watermark-generator.ts';
export { WatermarkMultiplexer } from './watermark-multiplexer.ts';
export type { WatermarkOutput, WatermarkStatus } from './watermark-output.ts';
