import { type ChildProcess, fork } from 'node:child_process';
import { fromWireError } from '../../../errors/index.ts';
import { CODE_CACHE } from './code-cache.ts';
import type { EngineLauncher, Incarnation, IncarnationOptions } from './launcher.ts';
import { type EngineMessage, SERIALIZATION, type SupervisorMessage } from './protocol.ts';

/** Silence that counts as death, milliseconds: while the engine starts, and from `running` on. */
interface HeartbeatLimits {
  /** Restoring may block the main thread, so it is given longer. */
  readonly startingMs: number;
  readonly runningMs: number;
}

interface NodeEngine {
  /** Module that calls `hostEngine`. */
  readonly entry: URL;
  readonly limits: HeartbeatLimits;
}

/** Launches an engine of this repository: a Node process for each incarnation, which must exit or fall silent to count as dead. */
export function nodeLauncher(engine: NodeEngine): EngineLauncher {
  return { start: (options) => new NodeIncarnation({ ...options, ...engine }), close: async () => {} };
}

/** An OS process of its own session, so that a Ctrl-C in the terminal reaches the harness alone. */
class NodeIncarnation implements Incarnation {
  readonly #child: ChildProcess;
  readonly #options: IncarnationOptions & NodeEngine;
  readonly #watch: NodeJS.Timeout;
  #heardAtNs: bigint;
  #running = false;
  #silentChecks = 0;
  #noticed: { readonly atNs: bigint; readonly cause: string } | undefined;
  #error: Error | undefined;
  #exited = false;
  #disconnected = false;

  constructor(options: IncarnationOptions & NodeEngine) {
    this.#options = options;
    this.#heardAtNs = options.clock.monotonicNs();
    // NODE_OPTIONS of the caller must not change what is measured: the process runs with the stated flags only.
    const { NODE_OPTIONS: _, ...environment } = process.env;
    this.#child = options.log.open((descriptor) =>
      fork(options.entry, [], {
        execPath: process.execPath,
        execArgv: [`--max-old-space-size=${options.deployment.heapMb}`],
        env: { ...environment, ...CODE_CACHE },
        serialization: SERIALIZATION,
        stdio: ['ignore', descriptor, descriptor, 'ipc'],
        detached: true,
      }),
    );
    this.#child.on('message', (message) => this.#receive(message as EngineMessage));
    this.#child.on('exit', (code, signal) => {
      this.#exited = true;
      this.#notice(signal === null ? `exit code ${code}` : `signal ${signal}`);
      this.#finish();
    });
    // Messages may arrive after the exit is known; the channel's end comes after the last of them.
    this.#child.on('disconnect', () => {
      this.#disconnected = true;
      this.#finish();
    });
    this.#child.on('error', (error) => {
      if (this.#child.pid !== undefined) return;
      this.#error = error;
      this.#exited = true;
      this.#disconnected = true;
      this.#notice(`could not be started (${error.message})`);
      this.#finish();
    });
    if (this.#child.pid !== undefined) options.onStarted(this.#child.pid);
    this.#watch = setInterval(() => this.#check(), Math.min(options.limits.runningMs / 10, 500));
  }

  /** Undefined if the operating system refused to start it. */
  get processId(): number | undefined {
    return this.#exited ? undefined : this.#child.pid;
  }

  get processIds(): readonly number[] {
    const id = this.processId;
    return id === undefined ? [] : [id];
  }

  send(message: SupervisorMessage): void {
    // A process that died in this instant is noticed by its exit; the error of the send says nothing more.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  kill(): bigint {
    const atNs = this.#options.clock.monotonicNs();
    this.#child.kill('SIGKILL');
    return atNs;
  }

  #receive(message: EngineMessage): void {
    this.#heardAtNs = this.#options.clock.monotonicNs();
    if (message.kind === 'running') this.#running = true;
    if (message.kind === 'failed') this.#error = fromWireError(message.error);
    this.#options.onMessage(message);
  }

  /** Two silent checks in a row, so that messages waiting while this process was itself held up are read before the verdict. */
  #check(): void {
    const limitMs = this.#running ? this.#options.limits.runningMs : this.#options.limits.startingMs;
    const silentMs = Number((this.#options.clock.monotonicNs() - this.#heardAtNs) / 1_000_000n);
    this.#silentChecks = silentMs > limitMs ? this.#silentChecks + 1 : 0;
    if (this.#silentChecks < 2 || this.#noticed !== undefined) return;
    this.#notice(`no heartbeat for ${limitMs} ms`);
    this.kill();
  }

  #notice(cause: string): void {
    this.#noticed ??= { atNs: this.#options.clock.monotonicNs(), cause };
  }

  #finish(): void {
    if (!this.#exited || !this.#disconnected || this.#noticed === undefined) return;
    clearInterval(this.#watch);
    const { atNs: noticedAtNs, cause } = this.#noticed;
    const error = this.#error;
    this.#options.onExit({
      noticedAtNs,
      cause: error === undefined ? cause : `${cause}: ${error.message}`,
      error,
    });
  }
}
