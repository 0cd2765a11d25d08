import { toWireError } from '../../../errors/index.ts';
import { pipelineErrors } from '../errors.ts';
import type { Deployment, StopOptions } from '../lifecycle/index.ts';
import { CollectionWatch } from './collection-watch.ts';
import { watchParent } from './parent-watch.ts';
import type { EngineProgram, EngineReport, RunningEngine } from './program.ts';
import { type EngineMessage, HEARTBEAT_INTERVAL_MS, type SupervisorMessage } from './protocol.ts';
import { systemClock } from './system-clock.ts';

/**
 * Runs an engine as the main program of its own process, under the supervisor that started it: announces itself, starts the engine
 * with what it is sent, tells progress every 100 ms, stops when told to or when the engine has finished, and ends the process.
 *
 * Any failure of the engine (start, `failed`, stop, an uncaught exception) is reported and ends the process with exit code 1. When
 * the supervisor's process is gone this one kills itself at once, busy or not.
 *
 * @throws PIPELINE_NOT_SUPERVISED when no supervisor started this process.
 */
export function hostEngine(program: EngineProgram): void {
  if (process.send === undefined) throw pipelineErrors.error('PIPELINE_NOT_SUPERVISED');
  const host = new EngineHost(program);
  process.on('uncaughtException', (error) => host.fail(error));
  process.on('unhandledRejection', (reason) => host.fail(reason));
  // SIGKILL and not exit: leaving workers in native calls to finish first would keep the orphan alive.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  if (!process.connected) process.kill(process.pid, 'SIGKILL');
  process.on('message', (message: SupervisorMessage) => host.receive(message));
  send({ kind: 'hello' });
}

function send(message: EngineMessage, sent: () => void = () => {}): void {
  process.send?.(message, undefined, undefined, sent);
}

class EngineHost {
  readonly #program: EngineProgram;
  #engine: RunningEngine | undefined;
  readonly #collections = new CollectionWatch();
  #stopping: Promise<void> | undefined;
  #ending = false;

  constructor(program: EngineProgram) {
    this.#program = program;
  }

  receive(message: SupervisorMessage): void {
    switch (message.kind) {
      case 'start':
        this.#start(message.deployment, message.incarnation).catch((error) => this.fail(error));
        return;
      case 'stop':
        this.#stop(message).catch((error) => this.fail(error));
        return;
      case 'fail-slot':
        this.#engine?.failSlot?.();
        return;
    }
  }

  /** Tells the failure and ends the process; the stack goes to the log. */
  fail(error: unknown): void {
    if (this.#ending) return;
    this.#ending = true;
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    send({ kind: 'failed', error: toWireError(error) }, () => process.exit(1));
  }

  async #start(deployment: Deployment, incarnation: number): Promise<void> {
    const heartbeat = setInterval(() => this.#beat(), HEARTBEAT_INTERVAL_MS);
    heartbeat.unref();
    const engine = await this.#program.start({
      deployment,
      incarnation,
      clock: systemClock,
      report: (report: EngineReport) => send({ kind: 'report', atNs: systemClock.monotonicNs(), report }),
    });
    engine.failed.catch((error) => this.fail(error));
    this.#engine = engine;
    // Only now: the watch's thread costs some 70 ms of CPU, which a recovery would wait for on a small machine.
    watchParent();
    send({ kind: 'running', atNs: systemClock.monotonicNs(), progress: engine.progress() });
    engine.finished?.then(() => this.#stop({ drain: false })).catch((error) => this.fail(error));
  }

  #beat(): void {
    if (this.#ending) return;
    const progress = this.#engine?.progress() ?? null;
    send({ kind: 'heartbeat', progress, pauses: this.#collections.take() });
  }

  /** The first call's options hold: an engine that ends of itself may be told to stop in the same instant. */
  #stop(options: StopOptions): Promise<void> {
    this.#stopping ??= this.#stopOnce(options);
    return this.#stopping;
  }

  async #stopOnce({ drain, savepoint }: StopOptions): Promise<void> {
    const engine = this.#engine;
    if (engine === undefined) throw new Error('stop came before the engine was running');
    await engine.stop({ drain, ...(savepoint !== undefined && { savepoint }) });
    if (this.#ending) return;
    this.#ending = true;
    send({ kind: 'stopped', atNs: systemClock.monotonicNs(), progress: engine.progress() }, () =>
      process.exit(0),
    );
  }
}
