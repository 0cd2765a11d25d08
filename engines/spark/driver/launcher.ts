import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type {
  EngineLauncher,
  Incarnation,
  IncarnationOptions,
  SupervisorMessage,
} from '../../pipeline/process/index.ts';
import { sparkErrors } from '../errors.ts';
import { type DriverPlan, driverArguments } from './command-line.ts';
import { type DriverEvent, parseDriverEvent } from './driver-events.ts';
import { batchReport, DriverProgress } from './driver-progress.ts';

/** The query whose progress counts; the other one copies dead letters. */
const RESULTS = 'results';
const USAGE = 2;

/** Launches the Spark driver: a JVM for each incarnation, which finds its checkpoint in the state folder. */
export function driverLauncher(java: string, plan: Omit<DriverPlan, 'logFile'>): EngineLauncher {
  const progress = new DriverProgress(plan.deployment.topics.input ?? '');
  let starts = 0;
  return {
    start: (options) => new DriverIncarnation(java, plan, options, progress, ++starts === 1),
    close: async () => {},
  };
}

/** A driver. Only its exit counts as death: Spark itself watches no driver in local mode, and neither does a cluster manager by a heartbeat. */
class DriverIncarnation implements Incarnation {
  readonly #options: IncarnationOptions;
  readonly #progress: DriverProgress;
  readonly #isFirst: boolean;
  readonly #child: ChildProcess;
  #running = false;
  #error: Error | undefined;
  #exited = false;

  constructor(
    java: string,
    plan: Omit<DriverPlan, 'logFile'>,
    options: IncarnationOptions,
    progress: DriverProgress,
    isFirst: boolean,
  ) {
    this.#options = options;
    this.#progress = progress;
    this.#isFirst = isFirst;
    const { stateFolder } = plan.deployment;
    mkdirSync(stateFolder, { recursive: true });
    const commandLine = driverArguments({ ...plan, logFile: options.log.path });
    const environment = plan.master === null ? { SPARK_LOCAL_IP: '127.0.0.1' } : {};
    this.#child = options.log.open((descriptor) =>
      spawn(java, commandLine, {
        cwd: stateFolder,
        env: { ...process.env, ...environment },
        // Its own session: a Ctrl-C reaches the harness alone. The end of its standard input ends it, also when the harness dies.
        detached: true,
        stdio: ['pipe', 'pipe', descriptor],
      }),
    );
    this.#child.stdin?.on('error', () => {});
    this.#child.on('error', (error) => {
      this.#error = error;
      if (this.#child.pid === undefined) this.#exit(`could not be started (${error.message})`);
    });
    if (this.#child.stdout !== null) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#receive(line));
    }
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
      case 'fail-slot':
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

  #receive(line: string): void {
    const event = parseDriverEvent(line);
    if (event !== null) this.#hear(event);
  }

  #hear(event: DriverEvent): void {
    switch (event.kind) {
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
        this.#options.onMessage({
          kind: 'report',
          atNs: event.atNs,
          report: { kind: 'batch-completed', batch: batchReport(event.atNs, event.progress) },
        });
        return;
      case 'failed':
        this.#error ??= sparkErrors.error('SPARK_QUERY_FAILED', {
          reason: event.message,
          log: this.#options.log.path,
        });
        return;
      case 'stopped':
        if (this.#error === undefined) {
          this.#options.onMessage({ kind: 'stopped', atNs: event.atNs, progress: this.#progress.now() });
        }
    }
  }

  /** What is not committed is read again from the positions of the last commit. */
  #runs(atNs: bigint): void {
    if (this.#running) return;
    this.#running = true;
    const progress = this.#progress.now();
    const { onMessage } = this.#options;
    onMessage({ kind: 'report', atNs, report: { kind: 'restored', positions: progress.committedPositions } });
    onMessage({ kind: 'running', atNs, progress });
  }

  #exit(cause: string): void {
    if (this.#exited) return;
    this.#exited = true;
    const { exitCode } = this.#child;
    const error =
      exitCode === USAGE && this.#error !== undefined
        ? sparkErrors.error('SPARK_DRIVER_USAGE', { reason: this.#error.message })
        : this.#error;
    this.#options.onExit({
      noticedAtNs: this.#options.clock.monotonicNs(),
      cause: error === undefined ? cause : `${cause}: ${error.message}`,
      error,
    });
  }
}
