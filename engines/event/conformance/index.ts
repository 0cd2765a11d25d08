import type { VectorRunners } from '../../pipeline/index.ts';
import { runCepVector } from './cep-vectors.ts';
import { runKeyedTimerVector } from './keyed-timer-vectors.ts';
import { runWatermarkVector } from './watermark-vectors.ts';
import { runWindowVector } from './window-vectors.ts';

/** How the vectors printed by Apache Flink are run through the event-driven engine's own operators. */
export const eventVectorRunners: VectorRunners = {
  'flink-watermarks': runWatermarkVector,
  'flink-windows': runWindowVector,
  'flink-keyed-timers': runKeyedTimerVector,
  'flink-cep': runCepVector,
};
