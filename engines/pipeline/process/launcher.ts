import type { Clock, Deployment } from '../lifecycle/index.ts';
import type { ProcessLog } from './process-log.ts';
import type { EngineMessage, SupervisorMessage } from './protocol.ts';

/** How the end of an incarnation was noticed. */
export interface EngineExit {
  /** Monotonic: the missed heartbeat or the exit, whichever was noticed first. */
  readonly noticedAtNs: bigint;
  /** In words, for events and errors. */
  readonly cause: string;
  /** What the engine reported before it ended. */
  readonly error: Error | undefined;
}

/** What an incarnation is given, and whom it tells. No callback is called before `start` has returned, but for `onStarted`. */
export interface IncarnationOptions {
  readonly deployment: Deployment;
  readonly log: ProcessLog;
  readonly clock: Clock;
  /** The process that a fault hits has started. */
  readonly onStarted: (processId: number) => void;
  readonly onMessage: (message: EngineMessage) => void;
  /** Called once, after the last message: nothing of this incarnation lives any more. */
  readonly onExit: (exit: EngineExit) => void;
}

/**
 * One start of an engine, as its supervisor sees it. It says `hello`, is sent `start`, and then keeps to the protocol of {@link EngineMessage},
 * whatever stands behind it: a Node process, a JVM, or a worker of a cluster.
 */
export interface Incarnation {
  /** The process that a fault hits; undefined before it has started and after it ended. */
  readonly processId: number | undefined;
  /** All that live and do the engine's work, for CPU and memory accounting. */
  readonly processIds: readonly number[];
  send(message: SupervisorMessage): void;
  /** Ends it abruptly, SIGKILL for a process, and `onExit` follows; returns the monotonic instant just before the system call. */
  kill(): bigint;
  /**
   * The fault of a process that is not one of this machine, in place of `kill`: throws where it could not be sent. The incarnation ends when
   * its consequence is seen.
   */
  fault?(): bigint;
}

/** Starts the incarnations of one deployment, one after the other. */
export interface EngineLauncher {
  start(options: IncarnationOptions): Incarnation;
  /** Ends what outlives an incarnation. Called once, after the last one's `onExit`; resolves when nothing is left. */
  close(): Promise<void>;
}
