import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type {
  EngineLauncher,
  EngineMessage,
  Incarnation,
  IncarnationOptions,
  SupervisorMessage,
} from '../../pipeline/process/index.ts';
import { sparkErrors } from '../errors.ts';
import { type DriverPlan, driverArguments, temporaryFolder } from './command-line.ts';
import { type DriverEvent, parseDriverEvent } from './driver-events.ts';
import { batchReport, DriverProgress } from './driver-progress.ts';

type EngineReport = Extract<EngineMessage, { kind: 'report' }>['report'];

/** The query whose progress counts; the other one copies dead letters. */
const RESULTS = 'results';
const USAGE = 2;
/** Of a JVM under ExitOnOutOfMemoryError. */
const OUT_OF_MEMORY = 3;
const WARNINGS_SHOWN = 5;
/** It says every 2 s that it lives. A JVM on a busy machine needs several seconds until its first line. */
const SILENCE_LIMIT_MS = 60_000;
const KILL_COMMAND_LIMIT_MS = 30_000;
/** Spark's own words, in its log alone: what it throws then is about a context that is stopped. */
const NO_MASTER = 'All masters are unresponsive';
/** Of the driver's class ExecutorWait. */
const NO_EXECUTOR = 'NoExecutorException: ';

export interface LaunchPlan extends Omit<DriverPlan, 'logFile'> {
  /** Shell command that ends an executor; null where a slot cannot be made to fail. */
  readonly killCommand: string | null;
  /** A driver that says nothing for so long hangs, and is killed; 60 s where left out. */
  readonly silenceLimitMs?: number;
}

/** Launches the Spark driver: a JVM for each incarnation, which finds its checkpoint in the state folder. */
export function driverLauncher(java: string, plan: LaunchPlan): EngineLauncher {
  const progress = new DriverProgress(plan.deployment.topics.input ?? '');
  let starts = 0;
  return {
    start: (options) => new DriverIncarnation(java, plan, options, progress, ++starts === 1),
    close: async () => {},
  };
}

/**
 * A driver. Its exit alone counts as death: Spark itself watches no driver in local mode, and neither does a cluster manager by a heartbeat.
 * One that hangs is made to exit, after so long that no figure is meant by it.
 */
class DriverIncarnation implements Incarnation {
  readonly #plan: LaunchPlan;
  readonly #options: IncarnationOptions;
  readonly #progress: DriverProgress;
  readonly #isFirst: boolean;
  readonly #child: ChildProcess;
  readonly #silence: NodeJS.Timeout;
  #running = false;
  #lostExecutors = 0;
  /** Of the operating system, or of a line that is none of this driver's. */
  #error: Error | undefined;
  /** What the driver said last. */
  #failure: string | undefined;
  #noticedAtNs: bigint | undefined;
  #exited = false;

  constructor(
    java: string,
    plan: LaunchPlan,
    options: IncarnationOptions,
    progress: DriverProgress,
    isFirst: boolean,
  ) {
    this.#plan = plan;
    this.#options = options;
    this.#progress = progress;
    this.#isFirst = isFirst;
    const { stateFolder } = plan.deployment;
    mkdirSync(temporaryFolder(stateFolder), { recursive: true });
    const commandLine = driverArguments({ ...plan, logFile: options.log.path });
    const environment = plan.cluster === null ? { SPARK_LOCAL_IP: '127.0.0.1' } : {};
    this.#child = options.log.open((descriptor) =>
      spawn(java, commandLine, {
        cwd: stateFolder,
        env: { ...process.env, ...environment },
        // Its own session: a Ctrl-C reaches the harness alone. The end of its standard input ends it, also when the harness dies.
        detached: true,
        stdio: ['pipe', 'pipe', descriptor],
      }),
    );
    const limitMs = plan.silenceLimitMs ?? SILENCE_LIMIT_MS;
    this.#silence = setTimeout(() => {
      this.#error ??= sparkErrors.error('SPARK_DRIVER_SILENT', { seconds: limitMs / 1_000 });
      this.kill();
    }, limitMs);
    this.#child.stdin?.on('error', () => {});
    this.#child.on('error', (error) => {
      this.#error = error;
      if (this.#child.pid === undefined) this.#exit(`could not be started (${error.message})`);
    });
    if (this.#child.stdout !== null) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#receive(line));
    }
    this.#child.on('exit', () => {
      this.#noticedAtNs = options.clock.monotonicNs();
    });
    // `close` comes after the last line.
    this.#child.on('close', (code, signal) =>
      this.#exit(signal === null ? `exit code ${code}` : `signal ${signal}`),
    );
    if (this.#child.pid !== undefined) options.onStarted(this.#child.pid);
    setImmediate(() => options.onMessage({ kind: 'hello' }));
  }

  get processId(): number | undefined {
    return this.#exited ? undefined : this.#child.pid;
  }

  get processIds(): readonly number[] {
    const id = this.processId;
    return id === undefined ? [] : [id];
  }

  send(message: SupervisorMessage): void {
    switch (message.kind) {
      case 'start':
        return;
      case 'fail-slot':
        this.#killExecutor();
        return;
      case 'stop':
        this.#child.stdin?.write(message.drain ? 'drain\n' : 'stop\n');
    }
  }

  kill(): bigint {
    const atNs = this.#options.clock.monotonicNs();
    this.#child.kill('SIGKILL');
    return atNs;
  }

  /** @throws SPARK_KILL_COMMAND_FAILED */
  #killExecutor(): void {
    const { killCommand } = this.#plan;
    if (killCommand === null) return;
    // Synchronous, so that a command that fails ends the run with its own error.
    const { error, status, signal, stderr } = spawnSync('sh', ['-c', killCommand], {
      encoding: 'utf8',
      timeout: KILL_COMMAND_LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    if (status === 0) return;
    const isLate = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT';
    const late = isLate ? `it still ran after ${KILL_COMMAND_LIMIT_MS / 1_000} s` : error?.message;
    const reason = late ?? (stderr.trim().slice(0, 300) || (signal ?? `exit code ${status}`));
    throw sparkErrors.error('SPARK_KILL_COMMAND_FAILED', { command: killCommand, reason });
  }

  #receive(line: string): void {
    this.#silence.refresh();
    try {
      const event = parseDriverEvent(line);
      // What the JVM says here, of its options or its memory, explains its end.
      if (event === null) this.#options.log.open((descriptor) => writeSync(descriptor, `${line}\n`));
      else this.#hear(event);
    } catch (error) {
      this.#error ??= error as Error;
      this.kill();
    }
  }

  #hear(event: DriverEvent): void {
    switch (event.kind) {
      case 'alive':
      case 'session-opened':
      case 'query-terminated':
        return;
      case 'query-started':
        // A first start has to read the end of the topic before it consumes; a restart has the logged offsets.
        if (event.query === RESULTS && !this.#isFirst) this.#runs(event.atNs);
        return;
      case 'idle':
        if (event.query === RESULTS) this.#runs(event.atNs);
        return;
      case 'progress':
        if (event.query !== RESULTS) return;
        this.#runs(event.atNs);
        this.#progress.hear(event.progress);
        this.#options.onMessage({ kind: 'heartbeat', progress: this.#progress.now(), pauses: [] });
        this.#tell(event.atNs, {
          kind: 'batch-completed',
          batch: batchReport(event.atNs, event.progress),
        });
        return;
      case 'executor-lost':
        this.#executorLost(event.atNs, event.executor, event.reason);
        return;
      case 'executor-added':
        this.#executorAdded(event.atNs);
        return;
      case 'failed':
        this.#failure ??= event.message;
        return;
      case 'stopped':
        if (this.#failure === undefined) {
          this.#options.onMessage({ kind: 'stopped', atNs: event.atNs, progress: this.#progress.now() });
        }
    }
  }

  /** What is not committed is read again from the positions of the last commit. */
  #runs(atNs: bigint): void {
    if (this.#running) return;
    this.#running = true;
    const progress = this.#progress.now();
    this.#tell(atNs, { kind: 'restored', positions: progress.committedPositions });
    this.#options.onMessage({ kind: 'running', atNs, progress });
  }

  /** The driver lives; Spark runs the lost tasks again, on this executor's successor. */
  #executorLost(atNs: bigint, executor: string, cause: string): void {
    if (!this.#running) return;
    this.#lostExecutors += 1;
    const { positions } = this.#progress.now();
    this.#tell(atNs, { kind: 'slot-failed', slot: Number(executor), cause, positions });
  }

  #executorAdded(atNs: bigint): void {
    if (this.#lostExecutors === 0) return;
    this.#lostExecutors -= 1;
    this.#tell(atNs, { kind: 'restored', positions: this.#progress.now().committedPositions });
    this.#tell(atNs, { kind: 'running' });
  }

  #tell(atNs: bigint, report: EngineReport): void {
    this.#options.onMessage({ kind: 'report', atNs, report });
  }

  #exit(cause: string): void {
    if (this.#exited) return;
    this.#exited = true;
    clearTimeout(this.#silence);
    const error = this.#ownError();
    this.#options.onExit({
      noticedAtNs: this.#noticedAtNs ?? this.#options.clock.monotonicNs(),
      cause: error === undefined ? cause : `${cause}: ${error.message}`,
      error,
    });
  }

  #ownError(): Error | undefined {
    const reason = this.#failure;
    if (this.#child.exitCode === OUT_OF_MEMORY) {
      const { heapMb } = this.#plan.deployment;
      return sparkErrors.error('SPARK_HEAP_TOO_SMALL', { heapMb, reason: 'it is full' });
    }
    if (this.#plan.cluster !== null && hasText(this.#options.log.path, NO_MASTER)) {
      const { master } = this.#plan.cluster;
      return sparkErrors.error('SPARK_MASTER_UNREACHABLE', { master, reason: 'what listens there is none' });
    }
    if (reason === undefined) return this.#error;
    if (reason.startsWith(NO_EXECUTOR)) return this.#noExecutor(reason.slice(NO_EXECUTOR.length));
    if (this.#child.exitCode === USAGE) return sparkErrors.error('SPARK_DRIVER_USAGE', { reason });
    const log = this.#options.log.path;
    return sparkErrors.error('SPARK_QUERY_FAILED', { reason, log, warnings: lastWarnings(log) });
  }

  #noExecutor(reason: string): Error {
    const { cluster, settings, deployment } = this.#plan;
    const { heapMb } = deployment;
    const { driverHost } = settings;
    const log = this.#options.log.path;
    const details = { master: cluster?.master ?? '', heapMb, driverHost, log, warnings: lastWarnings(log) };
    return sparkErrors.error('SPARK_NO_EXECUTOR', { ...details, reason });
  }
}

const hasText = (logFile: string, text: string): boolean => readFileSync(logFile, 'utf8').includes(text);

/** The end of the log is about the shutdown. */
function lastWarnings(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  return (
    lines
      .filter((line) => / (WARN|ERROR) /.test(line))
      .slice(-WARNINGS_SHOWN)
      .join('\n') || '(nothing)'
  );
}
