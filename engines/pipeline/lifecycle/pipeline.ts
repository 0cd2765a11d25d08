import type { KafkaConnection } from '../../../kafka/index.ts';
import type { Capability } from '../capability.ts';
import type { Dataflow, DataflowReference } from '../dataflow/index.ts';
import type { PipelineEvent, PipelineProgress } from './events.ts';

/** The embedded engines, each before the real one that it models: so they stand beside each other. */
export const ENGINE_NAMES = ['event', 'flink', 'micro-batch', 'spark'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/**
 * at-least-once: outputs are visible at once, state is exact, a failure may repeat outputs.
 * exactly-once: outputs become visible to read_committed readers with the checkpoint or batch that contains them, each once.
 */
export type Guarantee = 'at-least-once' | 'exactly-once';

/**
 * Ways to break an engine, for tests alone: no command sets one. Each is a defect that the oracle must find.
 *
 * - lost-commit: the outputs of one checkpoint or batch are thrown away, and the engine goes on as if they were committed
 * - double-replay: after a restart the engine reads some records before its restored positions again
 * - reset-missed: a key's state is not cleared where it should be
 * - late-kept: late records count as on time
 * - window-off-by-one: window bounds are one millisecond late
 * - wrong-total: one result carries a wrong sum
 */
export const ENGINE_MUTANTS = [
  'lost-commit',
  'double-replay',
  'reset-missed',
  'late-kept',
  'window-off-by-one',
  'wrong-total',
] as const;
export type EngineMutant = (typeof ENGINE_MUTANTS)[number];

/** Settings of an engine, as its settings sheet lists them. Each engine validates its own and fills in defaults. */
export type EngineSettings = Readonly<Record<string, string | number | boolean>>;

export interface Deployment {
  readonly dataflow: DataflowReference;
  /** Logical inputs and outputs of the dataflow to topics. */
  readonly topics: Readonly<Record<string, string>>;
  readonly kafka: KafkaConnection;
  readonly guarantee: Guarantee;
  readonly settings: EngineSettings;
  /** Consumer group of the offsets and prefix of transactional ids: stable over restarts, unique to the run. */
  readonly group: string;
  /** Folder for checkpoints, logs and state; empty at the first start. */
  readonly stateFolder: string;
  /** Node's --max-old-space-size for the engine's process, MiB. */
  readonly heapMb: number;
  /** Whether the input may hold records that do not decode: an engine that pays extra for dead letters leaves them out where it cannot. */
  readonly brokenInput: boolean;
  /**
   * Folder of a savepoint to start from, at whatever parallelism; it is only read. Once this deployment has completed a checkpoint of its own it
   * restarts from that. Needs the capability `savepoint`.
   */
  readonly restoreFrom?: string;
  /** Only in tests. */
  readonly mutant?: EngineMutant;
}

/** How a pipeline is to end. */
export interface StopOptions {
  /** First consume up to the inputs' present end offsets, and let the end of the input close what is open. */
  readonly drain: boolean;
  /** Folder for a savepoint of the end; one that stands there is replaced. Needs the capability `savepoint`. */
  readonly savepoint?: string;
}

/** What a fault hits: the engine's process by SIGKILL, or one of its worker threads, which ends abruptly. */
export type FaultTarget = 'process' | 'slot';

/** A fault that was sent. */
export interface SentFault {
  /** Just before the system call; for a slot just before the order was sent. Monotonic. */
  readonly killedAtNs: bigint;
  /** The newest heard before the fault. */
  readonly progress: PipelineProgress;
  /** When that was heard, at most a heartbeat (100 ms) before: what was read in between is not in `progress`. Monotonic. */
  readonly progressAtNs: bigint;
}

/** One row of the settings sheet: printed and stored beside every result. */
export interface SettingRow {
  readonly name: string;
  readonly value: string;
  /** Where the value is from. */
  readonly source: 'default' | 'profile' | 'flag';
  /** What the system itself has by default, where the default here is another. */
  readonly systemDefault?: string;
}

/** Every engine has these: its own defaults, and two ways in which those who run it tune it. */
export const PROFILE_NAMES = ['default', 'tuned-latency', 'tuned-throughput'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** What each profile sets; the rest is as in `default`, which sets nothing. */
export type Profiles = Readonly<Record<ProfileName, EngineSettings>>;

/** An engine: it turns Dataflows into running pipelines, each in OS processes of its own. */
export interface Pipeline {
  readonly engine: EngineName;
  readonly capabilities: ReadonlySet<Capability>;
  readonly profiles: Profiles;
  /**
   * Makes what a first use needs, jars for instance, and tells of what takes long. Called before anything is measured; what is there
   * already costs nothing.
   *
   * @throws an error of the table that says what is missing on this machine
   */
  prepare(onProgress: (text: string) => void): Promise<void>;
  /**
   * Refuses by name what this model cannot do: throws PIPELINE_CAPABILITY_MISSING, PIPELINE_DATAFLOW_INVALID or PIPELINE_SETTING_INVALID, or what
   * its table says of a heap that is too small.
   */
  validate(
    dataflow: Dataflow,
    settings: EngineSettings,
    planned: Pick<Deployment, 'guarantee' | 'heapMb'>,
  ): void;
  /** Refuses a Kafka that it cannot work on, before anything is prepared; absent where it works on all. */
  requireKafka?(kafka: KafkaConnection): void;
  /**
   * Whether a pipeline with these settings ends of itself, once it has consumed what was there at its start; absent where none does. See
   * `RunningPipeline.finished`.
   */
  endsOfItself?(settings: EngineSettings): boolean;
  /** All settings with their effective values. */
  settingsSheet(settings: EngineSettings): readonly SettingRow[];
  /**
   * Starts the engine's process and resolves when it consumes (event `running`). A failure before that rejects, with nothing left running.
   * Aborting the signal abandons the pipeline, also while it starts: PIPELINE_ABANDONED.
   */
  deploy(
    deployment: Deployment,
    onEvent: (event: PipelineEvent) => void,
    signal?: AbortSignal,
  ): Promise<RunningPipeline>;
}

/**
 * A running pipeline. A supervisor notices the death of its process (exit, or heartbeat missed) and starts another from the
 * durable state, until `stop`.
 */
export interface RunningPipeline {
  /** Live process ids, for CPU and memory accounting; empty while a restart is under way. */
  processIds(): readonly number[];
  /** The newest heard. */
  progress(): PipelineProgress;
  /**
   * Ends the pipeline. With `drain` it first consumes up to the inputs' present end offsets and makes everything durable and visible;
   * without, it makes one last checkpoint or ends the batch under way. With `savepoint` that is written there too. Idempotent: the first call's
   * options hold. Resolves when no process is left; rejects with PIPELINE_CAPABILITY_MISSING for a savepoint on an engine that has none.
   */
  stop(options: StopOptions): Promise<void>;
  /**
   * Ends the target abruptly, SIGKILL for a process. Slots are chosen by turns. What is needed is restarted.
   *
   * @throws PIPELINE_CAPABILITY_MISSING for a slot on an engine without `slot-failure`; PIPELINE_NOT_RUNNING while there is no process
   */
  kill(target: FaultTarget): SentFault;
  /** Sends SIGKILL and restarts nothing: for Ctrl-C and failures. Resolves when no process is left. */
  abandon(): Promise<void>;
  /** Rejects with PIPELINE_FAILED when the supervisor gives up (more restarts than allowed without progress). */
  readonly failed: Promise<never>;
  /**
   * Resolves when the pipeline has ended of itself, since its settings give it an end: everything is durable and visible, no process is left, the event
   * `stopped` was told, and `stop` resolves at once. Never otherwise.
   */
  readonly finished: Promise<void>;
}
