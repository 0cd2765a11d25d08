import type { EngineName, Pipeline, StreamingQueryProgress } from '../../engines/pipeline/index.ts';
import type { KafkaClient, KafkaConnection } from '../../kafka/index.ts';
import type { Floor } from '../../reports/model/index.ts';
import type { LiveListener } from './live-event.ts';
import type { LogCache } from './log-cache.ts';

/** What every run of a session shares. */
export interface RunContext {
  readonly connection: KafkaConnection;
  readonly client: KafkaClient;
  readonly pipelines: ReadonlyMap<EngineName, Pipeline>;
  /** Engines of which nothing but inputs and outputs can be measured: they run on a cluster. */
  readonly elsewhere: ReadonlySet<EngineName>;
  readonly logs: LogCache;
  /** Folder for the engines' state; each run makes and removes its own inside. */
  readonly workFolder: string;
  /** The broker's process where it was started here; null otherwise. */
  readonly brokerProcessId: number | null;
  /** What passes with no engine, as far as it was measured: grows during the session. */
  readonly floors: readonly Floor[];
  /** Smallest step of the clock, microseconds. */
  readonly clockResolutionUs: number;
  /** Unique to the session: part of topic and group names. */
  readonly sessionId: string;
  /** Aborted by Ctrl-C: a run then ends at once and leaves nothing running. */
  readonly signal: AbortSignal;
  /** One line of what is going on. */
  readonly progress: (text: string) => void;
  /** Lines of what the operators of the engine do, every few seconds; absent where nobody wants them. */
  readonly details?: ((lines: readonly string[]) => void) | undefined;
  /** Hears of each batch of an engine that tells of them; absent where nobody wants to know. */
  readonly onBatch?: ((progress: StreamingQueryProgress, fellBehind: boolean) => void) | undefined;
  /** What goes on, for a view that is rewritten in place. */
  readonly live: LiveListener;
}
