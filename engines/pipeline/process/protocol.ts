import type { WireError } from '../../../errors/index.ts';
import type { Deployment, PipelineProgress, StopOptions } from '../lifecycle/index.ts';
import type { CollectionPause } from './collection-watch.ts';
import type { EngineReport } from './program.ts';

/** Node's advanced serialization: it keeps bigint and -Infinity, which JSON does not. */
export const SERIALIZATION = 'advanced';

/** How often the host tells that its main thread lives, and how far it is. */
export const HEARTBEAT_INTERVAL_MS = 100;

/** Progress as an engine knows it; the supervisor adds the number of incarnations. */
export type EngineProgress = Omit<PipelineProgress, 'incarnations'>;

/**
 * From the engine's process to its supervisor, in this order: hello, then heartbeats and reports, running, heartbeats with
 * progress and reports, and last stopped or failed; stopped comes unasked from an engine that ended of itself. `atNs` is monotonic, taken in the engine's process.
 */
export type EngineMessage =
  | { readonly kind: 'hello' }
  | {
      readonly kind: 'heartbeat';
      readonly progress: EngineProgress | null;
      /** Since the heartbeat before. */
      readonly pauses: readonly CollectionPause[];
    }
  | { readonly kind: 'report'; readonly atNs: bigint; readonly report: EngineReport }
  | { readonly kind: 'running'; readonly atNs: bigint; readonly progress: EngineProgress }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'stopped'; readonly atNs: bigint; readonly progress: EngineProgress };

/** From the supervisor: `start` answers hello, `stop` and `fail-slot` come after running. */
export type SupervisorMessage =
  | { readonly kind: 'start'; readonly deployment: Deployment; readonly incarnation: number }
  | ({ readonly kind: 'stop' } & StopOptions)
  /** Only to engines with the capability `slot-failure`. */
  | { readonly kind: 'fail-slot' };
