import type { WatermarkOutput } from '../time/index.ts';
import type { SourceOutput } from './source-task.ts';

/** What a slot's source sends into: rows, watermarks and barriers, in the order of the calls. */
export interface SlotExchange extends SourceOutput, WatermarkOutput {
  barrier(checkpointId: number): void;
  /** Sends what waits for frames to fill, as far as there is room. */
  flush(): void;
}
