// Longer than most: the supervisor is one state machine, and what each message and exit means depends on all of its phases.
import { mkdirSync } from 'node:fs';
import { CrosscurrentError } from '../../../errors/index.ts';
import { CAPABILITIES, type Capability } from '../capability.ts';
import { pipelineErrors } from '../errors.ts';
import type {
  Clock,
  Deployment,
  EngineName,
  FaultTarget,
  PipelineEvent,
  PipelineProgress,
  RunningPipeline,
  SentFault,
  StopOptions,
} from '../lifecycle/index.ts';
import type { CollectionPause } from './collection-watch.ts';
import type { EngineExit, EngineLauncher, Incarnation } from './launcher.ts';
import { ProcessLog } from './process-log.ts';
import type { EngineReport } from './program.ts';
import type { EngineMessage, EngineProgress } from './protocol.ts';
import { systemClock } from './system-clock.ts';

/** How the supervisor notices the death of a Node process and when it gives up; printed with every recovery figure. */
export const SUPERVISION = {
  heartbeatLimits: { startingMs: 60_000, runningMs: 5_000 },
  failuresWithoutProgress: 5,
} as const;

interface SuperviseOptions {
  readonly engine: EngineName;
  readonly capabilities: ReadonlySet<Capability>;
  readonly launcher: EngineLauncher;
  readonly deployment: Deployment;
  readonly onEvent: (event: PipelineEvent) => void;
  readonly clock?: Clock;
  /** Abandons the pipeline, also while it starts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts an engine and keeps it alive: an incarnation that exits or falls silent is replaced at once, and finds its
 * state in the deployment's state folder and group. After 5 failures in a row without a committed position moving it gives up.
 * Kills asked for by `kill` are no failures. A slot that fails alone is the engine's own to replace; it counts as a failure all the same.
 *
 * What the processes print is kept in `<stateFolder>.log`, removed at a stop that had no failure before it.
 *
 * @returns when the engine consumes.
 * @throws the engine's own CrosscurrentError, or PIPELINE_START_FAILED, when the first start fails, and PIPELINE_ABANDONED when it was aborted; no
 * process is left then.
 */
export function superviseEngine(options: SuperviseOptions): Promise<RunningPipeline> {
  return new Promise((resolve, reject) => {
    const { engine, capabilities, deployment } = options;
    if (deployment.restoreFrom !== undefined && !capabilities.has('savepoint')) {
      throw capabilityMissing(engine, 'savepoint', 'a start from a savepoint');
    }
    mkdirSync(deployment.stateFolder, { recursive: true });
    const supervisor = new Supervisor(options, resolve, reject);
    supervisor.start();
    const { signal } = options;
    const abandon = (): void => void supervisor.abandon();
    if (signal?.aborted) abandon();
    signal?.addEventListener('abort', abandon, { once: true });
  });
}

/**
 * first-start: deploy is pending. alive: a process runs or is being replaced. stopping: `stop` was asked for; a process that dies
 * before it has stopped is still replaced, since drain promises durable output. ended: no process and none will come.
 */
type Phase = 'first-start' | 'alive' | 'stopping' | 'ended';

const NOTHING_YET: EngineProgress = {
  positions: [],
  committedPositions: [],
  watermarkMs: null,
  lateRecords: 0,
  lateRowsSparkCount: null,
  deadLetters: 0,
};

class Supervisor implements RunningPipeline {
  readonly failed: Promise<never>;
  readonly finished: Promise<void>;
  readonly #options: SuperviseOptions;
  readonly #clock: Clock;
  readonly #log: ProcessLog;
  readonly #deployed: (pipeline: RunningPipeline) => void;
  readonly #refused: (error: Error) => void;
  readonly #gone = Promise.withResolvers<void>();
  readonly #stopped = Promise.withResolvers<void>();
  readonly #failure = Promise.withResolvers<never>();
  readonly #finish = Promise.withResolvers<void>();
  #phase: Phase = 'first-start';
  #process: Incarnation | undefined;
  #incarnation = 0;
  #running = false;
  #killed = false;
  /** Orders to end a slot of this process that it has not reported yet. */
  #slotFaults = 0;
  /** Why slots failed over and over: the end of the process that follows says less. */
  #givenUpFor: string | undefined;
  #saidStopped = false;
  #stopOptions: StopOptions = { drain: false };
  #progress = NOTHING_YET;
  #progressAtNs = 0n;
  #failures = 0;
  #everFailed = false;
  #committedAtFailure = -1;

  constructor(
    options: SuperviseOptions,
    deployed: (pipeline: RunningPipeline) => void,
    refused: (error: Error) => void,
  ) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#log = new ProcessLog(options.deployment.stateFolder);
    this.#deployed = deployed;
    this.#refused = refused;
    this.failed = this.#failure.promise;
    this.finished = this.#finish.promise;
    // Whoever asks for these hears of it; nobody has to.
    this.failed.catch(() => {});
    this.#stopped.promise.catch(() => {});
  }

  start(): void {
    this.#incarnation++;
    this.#running = false;
    this.#killed = false;
    this.#slotFaults = 0;
    const incarnation = this.#incarnation;
    this.#process = this.#options.launcher.start({
      deployment: this.#options.deployment,
      log: this.#log,
      clock: this.#clock,
      onStarted: (processId) =>
        this.#tell({ kind: 'process-started', atNs: this.#clock.monotonicNs(), processId, incarnation }),
      onMessage: (message) => this.#receive(message),
      onExit: (exit) => this.#exited(exit),
    });
  }

  processIds(): readonly number[] {
    return this.#process?.processIds ?? [];
  }

  progress(): PipelineProgress {
    return { ...this.#progress, incarnations: this.#incarnation };
  }

  kill(target: FaultTarget): SentFault {
    const { engine, capabilities } = this.#options;
    const engineProcess = this.#process;
    if (engineProcess === undefined || (engineProcess.processId === undefined && !engineProcess.fault))
      throw pipelineErrors.error('PIPELINE_NOT_RUNNING', { engine });
    const heard = { progress: this.progress(), progressAtNs: this.#progressAtNs };
    switch (target) {
      case 'process': {
        const killedAtNs = engineProcess.fault?.() ?? engineProcess.kill();
        this.#killed = true;
        return { killedAtNs, ...heard };
      }
      case 'slot': {
        if (!capabilities.has('slot-failure')) throw slotFailureMissing(engine);
        if (!this.#running) throw pipelineErrors.error('PIPELINE_NOT_RUNNING', { engine });
        this.#slotFaults++;
        const killedAtNs = this.#clock.monotonicNs();
        engineProcess.send({ kind: 'fail-slot' });
        return { killedAtNs, ...heard };
      }
    }
  }

  stop(options: StopOptions): Promise<void> {
    const { engine, capabilities } = this.#options;
    if (options.savepoint !== undefined && !capabilities.has('savepoint')) {
      return Promise.reject(capabilityMissing(engine, 'savepoint', 'a stop with a savepoint'));
    }
    if (this.#phase === 'alive') {
      this.#phase = 'stopping';
      this.#stopOptions = options;
      if (this.#running) this.#process?.send({ kind: 'stop', ...options });
    }
    return this.#stopped.promise;
  }

  abandon(): Promise<void> {
    if (this.#phase !== 'ended') {
      this.#phase = 'ended';
      this.#stopped.reject(this.#abandoned());
      this.#process?.kill();
    }
    return this.#gone.promise;
  }

  #receive(message: EngineMessage): void {
    switch (message.kind) {
      case 'hello':
        this.#process?.send({
          kind: 'start',
          deployment: this.#options.deployment,
          incarnation: this.#incarnation,
        });
        return;
      case 'heartbeat':
        if (message.progress !== null) this.#hear(message.progress);
        for (const pause of message.pauses) this.#tellPause(pause);
        return;
      case 'report':
        this.#tell(toEvent(message.report, message.atNs, this.#incarnation));
        if (message.report.kind === 'slot-failed') this.#slotFailed(message.report.cause);
        return;
      case 'running':
        this.#running = true;
        this.#hear(message.progress);
        this.#tell({ kind: 'running', atNs: message.atNs, incarnation: this.#incarnation });
        if (this.#phase === 'first-start') {
          this.#phase = 'alive';
          this.#deployed(this);
        } else if (this.#phase === 'stopping') {
          this.#process?.send({ kind: 'stop', ...this.#stopOptions });
        }
        return;
      case 'stopped':
        this.#saidStopped = true;
        this.#hear(message.progress);
        return;
      case 'failed':
        return;
    }
  }

  #exited(exit: EngineExit): void {
    this.#process = undefined;
    if ((this.#phase === 'stopping' || this.#phase === 'alive') && this.#saidStopped) {
      const isFinished = this.#phase === 'alive';
      this.#phase = 'ended';
      if (!this.#everFailed) this.#log.remove();
      this.#tell({ kind: 'stopped', atNs: exit.noticedAtNs });
      this.#leave(() => {
        if (isFinished) this.#finish.resolve();
        this.#stopped.resolve();
      });
      return;
    }
    this.#tell({
      kind: 'process-exited',
      atNs: exit.noticedAtNs,
      incarnation: this.#incarnation,
      cause: exit.cause,
    });
    switch (this.#phase) {
      case 'first-start':
        this.#phase = 'ended';
        this.#leave(() =>
          this.#refused(
            exit.error instanceof CrosscurrentError ? exit.error : this.#error('PIPELINE_START_FAILED', exit),
          ),
        );
        return;
      case 'alive':
      case 'stopping':
        if (this.#givenUpFor !== undefined) this.#giveUp({ ...exit, cause: this.#givenUpFor });
        else if (this.#killed || this.#slotFaults > 0 || this.#mayTryAgain()) this.start();
        else this.#giveUp(exit);
        return;
      case 'ended':
        // Nobody hears it where the deployment was over.
        this.#leave(() => this.#refused(this.#abandoned()));
        return;
    }
  }

  /** No incarnation is left and none will come; what the launcher kept beside them ends now, and then the end is told. */
  #leave(tell: () => void): void {
    void this.#options.launcher.close().finally(() => {
      this.#gone.resolve();
      tell();
    });
  }

  /** The engine goes on by itself, unless slots fail over and over. */
  #slotFailed(cause: string): void {
    this.#incarnation++;
    if (this.#slotFaults > 0) {
      this.#slotFaults--;
    } else if (!this.#mayTryAgain()) {
      this.#givenUpFor = cause;
      this.#process?.kill();
    }
  }

  #mayTryAgain(): boolean {
    this.#everFailed = true;
    const committed = this.#progress.committedPositions.reduce((total, position) => total + position, 0);
    this.#failures = committed > this.#committedAtFailure ? 1 : this.#failures + 1;
    this.#committedAtFailure = committed;
    return this.#failures < SUPERVISION.failuresWithoutProgress;
  }

  #giveUp(exit: EngineExit): void {
    this.#phase = 'ended';
    const error = this.#error('PIPELINE_FAILED', exit);
    this.#leave(() => {
      this.#failure.reject(error);
      this.#stopped.reject(error);
    });
  }

  #abandoned(): CrosscurrentError {
    return pipelineErrors.error('PIPELINE_ABANDONED', { engine: this.#options.engine });
  }

  #error(code: 'PIPELINE_START_FAILED' | 'PIPELINE_FAILED', exit: EngineExit): CrosscurrentError {
    const details = {
      engine: this.#options.engine,
      failures: this.#failures,
      reason: exit.cause.replace(/\.$/, ''),
      log: this.#log.path,
      logTail: this.#log.tail(),
    };
    return pipelineErrors.error(code, details, exit.error);
  }

  /** Positions go back at a restart, which is the replay; what was once committed stays so. */
  #hear(progress: EngineProgress): void {
    const before = this.#progress.committedPositions;
    const committedPositions = progress.committedPositions.map((position, partition) =>
      Math.max(position, before[partition] ?? 0),
    );
    this.#progress = { ...progress, committedPositions };
    this.#progressAtNs = this.#clock.monotonicNs();
  }

  #tellPause({ atNs, durationMs }: CollectionPause): void {
    const processId = this.#process?.processId;
    if (processId !== undefined) this.#tell({ kind: 'gc-paused', atNs, processId, durationMs });
  }

  #tell(event: PipelineEvent): void {
    this.#options.onEvent(event);
  }
}

function toEvent(report: EngineReport, atNs: bigint, incarnation: number): PipelineEvent {
  switch (report.kind) {
    case 'restored':
    case 'running':
    case 'slot-failed':
      return { ...report, atNs, incarnation };
    case 'step-begun':
    case 'checkpoint-completed':
    case 'checkpoint-failed':
    case 'batch-completed':
    case 'query-progress':
      return { ...report, atNs };
  }
}

function slotFailureMissing(engine: EngineName): CrosscurrentError {
  return capabilityMissing(engine, 'slot-failure', 'a fault of one slot');
}

function capabilityMissing(engine: EngineName, capability: Capability, asker: string): CrosscurrentError {
  const meaning = CAPABILITIES[capability];
  return pipelineErrors.error('PIPELINE_CAPABILITY_MISSING', { engine, capability, meaning, asker });
}
