import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../pipeline/index.ts';
import type { EngineMessage, EngineProgress } from '../../pipeline/process/index.ts';
import { flinkErrors } from '../errors.ts';
import type { FlinkCheckpoints, FlinkJob, RestClient } from '../rest/index.ts';
import type { JobProgress } from './job-progress.ts';

const STARTING_POLL_MS = 50;
const RUNNING_POLL_MS = 500;
const ENDED: ReadonlySet<string> = new Set(['FAILED', 'CANCELED', 'FINISHED', 'SUSPENDED']);

interface JobContext {
  readonly rest: RestClient;
  readonly jobId: string;
  readonly progress: JobProgress;
  readonly clock: Clock;
  readonly logFile: string;
  readonly savepointFolder: string;
}

/** A submitted job, through all its restarts: what REST tells of it, as the supervisor's messages. */
export class RunningJob {
  readonly #context: JobContext;
  /** When the job last restored a checkpoint, as the JobManager stamped it. */
  #restoredAtMs = 0;
  #newestCheckpoint = 0;

  constructor(context: JobContext) {
    this.#context = context;
  }

  progress(): EngineProgress {
    return this.#context.progress.now();
  }

  /**
   * Waits until all tasks run, after a restart until they do so again, and tells of it. A job's own state says RUNNING long before its tasks do,
   * and goes on saying so after a TaskManager died.
   *
   * @param isRestart whether a checkpoint is restored first, or the tasks are seen to be down where there is none
   * @throws FLINK_JOB_FAILED
   */
  async untilRunning(
    isRestart: boolean,
    ended: AbortSignal,
    tell: (message: EngineMessage) => void,
  ): Promise<void> {
    const { rest, jobId, progress, clock } = this.#context;
    let wasDown = !isRestart;
    for (;;) {
      const job = await this.#look();
      const running = job.vertices.every(({ status }) => status === 'RUNNING');
      const restoredAtMs = (await rest.checkpoints(jobId)).latest.restored?.restore_timestamp ?? 0;
      wasDown ||= !running || restoredAtMs > this.#restoredAtMs;
      if (wasDown && running) {
        const atNs = clock.monotonicNs();
        const restoredNs = restoredAtMs > this.#restoredAtMs ? this.#monotonicNs(restoredAtMs) : atNs;
        this.#restoredAtMs = restoredAtMs;
        progress.forgetSubtasks();
        const { committedPositions } = progress.now();
        tell({
          kind: 'report',
          atNs: restoredNs,
          report: { kind: 'restored', positions: committedPositions },
        });
        tell({ kind: 'running', atNs, progress: progress.now() });
        return;
      }
      if (!isRestart) await this.#refuseRestartLoop();
      await delay(STARTING_POLL_MS, undefined, { signal: ended });
    }
  }

  /** Tells progress and checkpoints until the signal. @throws FLINK_JOB_FAILED */
  async follow(ended: AbortSignal, tell: (message: EngineMessage) => void): Promise<void> {
    const { rest, jobId, progress } = this.#context;
    while (!ended.aborted) {
      const job = await this.#look();
      await progress.refresh(rest, jobId, job);
      tell({ kind: 'heartbeat', progress: progress.now(), pauses: [] });
      for (const message of this.#checkpointReports(await rest.checkpoints(jobId))) tell(message);
      await delay(RUNNING_POLL_MS, undefined, { signal: ended }).catch(() => undefined);
    }
  }

  /** Reads up to the present end of the input if asked to, then stops with a savepoint. @throws FLINK_JOB_FAILED */
  async stop(drain: boolean): Promise<void> {
    const { rest, jobId, progress, savepointFolder } = this.#context;
    const ends = drain ? await progress.endOffsets() : [];
    for (;;) {
      await progress.refresh(rest, jobId, await this.#look());
      const { positions } = progress.now();
      if (ends.every((end, partition) => (positions[partition] ?? 0) >= end)) break;
      await delay(STARTING_POLL_MS);
    }
    const request = await rest.stopWithSavepoint(jobId, `file://${savepointFolder}`);
    for (;;) {
      const failure = await rest.savepointOutcome(jobId, request);
      if (failure === null) break;
      if (failure !== undefined) throw this.#failed(`it could not be stopped with a savepoint: ${failure}`);
      await delay(STARTING_POLL_MS);
    }
    progress.settle();
  }

  async #look(): Promise<FlinkJob> {
    const { rest, jobId } = this.#context;
    const job = await rest.job(jobId);
    if (!ENDED.has(job.state)) return job;
    const [cause = `its state is ${job.state}`] = await rest.failures(jobId);
    throw this.#failed(cause);
  }

  /** A job that never ran and restarts will go on so: Flink's strategies have no end. */
  async #refuseRestartLoop(): Promise<void> {
    const { rest, jobId } = this.#context;
    const [cause] = await rest.failures(jobId);
    if (cause !== undefined) throw this.#failed(cause);
  }

  #failed(reason: string): Error {
    return flinkErrors.error('FLINK_JOB_FAILED', { reason, log: this.#context.logFile });
  }

  #checkpointReports({ history }: FlinkCheckpoints): EngineMessage[] {
    const fresh = history.filter(
      ({ id, status, is_savepoint }) =>
        id > this.#newestCheckpoint && status !== 'IN_PROGRESS' && !is_savepoint,
    );
    this.#newestCheckpoint = Math.max(this.#newestCheckpoint, ...fresh.map(({ id }) => id));
    return fresh
      .sort((a, b) => a.id - b.id)
      .map((checkpoint): EngineMessage => {
        const {
          id: checkpointId,
          status,
          trigger_timestamp,
          end_to_end_duration,
          checkpointed_size,
        } = checkpoint;
        const startedAtNs = this.#monotonicNs(trigger_timestamp);
        const atNs = startedAtNs + BigInt(Math.round(end_to_end_duration * 1e6));
        if (status !== 'COMPLETED') {
          const reason = `Flink says ${status}`;
          return { kind: 'report', atNs, report: { kind: 'checkpoint-failed', checkpointId, reason } };
        }
        const report = {
          checkpointId,
          startedAtNs,
          durationMs: end_to_end_duration,
          pauseMs: null,
          bytesWritten: checkpointed_size,
        };
        return { kind: 'report', atNs, report: { kind: 'checkpoint-completed', checkpoint: report } };
      });
  }

  /** An instant of the JobManager's wall clock, which is this machine's, on the monotonic axis. */
  #monotonicNs(wallMs: number): bigint {
    const { clock } = this.#context;
    return clock.monotonicNs() - BigInt(Math.round((clock.nowMs() - wallMs) * 1e6));
  }
}
