import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../pipeline/index.ts';
import type { EngineMessage, EngineProgress } from '../../pipeline/process/index.ts';
import { flinkErrors } from '../errors.ts';
import {
  type FlinkCheckpoints,
  type FlinkJob,
  FlinkRefusal,
  FlinkSilence,
  type RestClient,
} from '../rest/index.ts';
import { checkpointReport } from './checkpoint-report.ts';
import type { JobProgress } from './job-progress.ts';

/** Each look costs the JobManager some milliseconds of CPU, while it deploys and while the job is measured. */
const STARTING_POLL_MS = 100;
const RUNNING_POLL_MS = 500;
/** A JobManager that is there answers within this, however busy its machine. */
const SILENCE_LIMIT_MS = 60_000;
const ENDED: ReadonlySet<string> = new Set(['FAILED', 'CANCELED', 'FINISHED', 'SUSPENDED']);

export interface JobContext {
  readonly rest: RestClient;
  readonly jobId: string;
  readonly progress: JobProgress;
  readonly clock: Clock;
  readonly logFile: string;
  /** None for the one of the cluster's own configuration. */
  readonly savepointFolder: string | undefined;
  /**
   * Whether the cluster is of this harness: the JobManager's instants are of this machine's clock, and a TaskManager that it gave up is to be ended
   * here. Else things happen when they are first seen.
   */
  readonly isOwn: boolean;
}

type Tell = (message: EngineMessage) => void;

/** What Flink tells of a job at one time. */
interface Sight {
  readonly job: FlinkJob;
  readonly checkpoints: FlinkCheckpoints;
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

  get id(): string {
    return this.#context.jobId;
  }

  /** Ids of the TaskManagers that read its input, now. */
  async taskManagers(): Promise<readonly string[]> {
    const { rest, jobId } = this.#context;
    const { vertices } = await rest.job(jobId);
    const [source] = vertices;
    return source === undefined ? [] : rest.taskManagers(jobId, source.id);
  }

  progress(): EngineProgress {
    return this.#context.progress.now();
  }

  /**
   * Waits until all tasks run, after a fault until they do so again. A job's own state says RUNNING long before its tasks do, and goes on
   * saying so after a TaskManager died.
   *
   * @param after its submission; a fault, which Flink has yet to notice; or tasks that were seen to be down
   * @returns when the checkpoint was restored, and when the tasks ran
   * @throws FLINK_JOB_FAILED, FLINK_UNREACHABLE, FLINK_TASK_MANAGER_SILENT
   */
  async untilRunning(
    after: 'submission' | 'fault' | 'down',
    ended: AbortSignal,
  ): Promise<{ readonly restoredNs: bigint; readonly runningNs: bigint }> {
    const { progress, clock } = this.#context;
    // Nobody commits on behalf of dead tasks: what the group holds is at or before the checkpoint that is restored.
    if (after !== 'submission') await progress.restart();
    let wasDown = after !== 'fault';
    let restoredNs: bigint | undefined;
    for (;;) {
      const sight = await this.#look(ended);
      wasDown ||= this.#isDown(sight);
      const restoredAtMs = restoredAt(sight);
      if (restoredAtMs > this.#restoredAtMs) {
        this.#restoredAtMs = restoredAtMs;
        restoredNs = this.#instantNs(restoredAtMs);
      }
      if (wasDown && allRun(sight)) {
        const runningNs = clock.monotonicNs();
        return { restoredNs: restoredNs ?? runningNs, runningNs };
      }
      if (after === 'submission') await this.#refuseRestartLoop();
      if (after === 'down') await this.#refuseSilence();
      await delay(STARTING_POLL_MS, undefined, { signal: ended });
    }
  }

  /**
   * Tells progress and checkpoints until the signal, or until tasks are seen to be down.
   *
   * @returns why they are, undefined at the signal
   * @throws FLINK_JOB_FAILED, FLINK_UNREACHABLE
   */
  async follow(ended: AbortSignal, tell: Tell): Promise<string | undefined> {
    const { rest, jobId, progress } = this.#context;
    try {
      for (;;) {
        const sight = await this.#look(ended);
        if (this.#isDown(sight)) return (await rest.failures(jobId))[0] ?? 'its tasks went down';
        await this.#patiently(ended, () => progress.refresh(rest, jobId, sight.job));
        ended.throwIfAborted();
        tell({ kind: 'heartbeat', progress: progress.now(), pauses: [] });
        for (const message of this.#checkpointReports(sight.checkpoints)) tell(message);
        await delay(RUNNING_POLL_MS, undefined, { signal: ended });
      }
    } catch (failure) {
      if (ended.aborted) return undefined;
      throw failure;
    }
  }

  /** Reads up to the present end of the input if asked to, then stops with a savepoint. @throws FLINK_JOB_FAILED, FLINK_UNREACHABLE */
  async stop(drain: boolean, ended: AbortSignal): Promise<void> {
    const { rest, jobId, progress } = this.#context;
    const ends = drain ? await progress.endOffsets() : [];
    for (;;) {
      const sight = await this.#look(ended);
      if (this.#isDown(sight)) {
        await this.untilRunning('down', ended);
        continue;
      }
      await this.#patiently(ended, () => progress.refresh(rest, jobId, sight.job));
      if (progress.hasRead(ends)) break;
      await delay(STARTING_POLL_MS, undefined, { signal: ended });
    }
    const request = await this.#requestStop(ended);
    for (;;) {
      const failure = await this.#patiently(ended, () => rest.savepointOutcome(jobId, request));
      if (failure === null) break;
      if (failure !== undefined) throw this.#failed(`it could not be stopped with a savepoint: ${failure}`);
      await delay(STARTING_POLL_MS, undefined, { signal: ended });
    }
    progress.settle(ends);
  }

  /** A cluster without a folder for savepoints takes them beside its checkpoints. @returns the id of the request */
  async #requestStop(ended: AbortSignal): Promise<string> {
    const { rest, jobId, savepointFolder } = this.#context;
    const { latest } = (await this.#look(ended)).checkpoints;
    const beside = latest.completed?.external_path.match(/^(\w+:\/.*)\/[^/]+\/chk-\d+$/)?.[1];
    try {
      return await rest.stopWithSavepoint(jobId, savepointFolder).catch((failure: Error) => {
        if (savepointFolder !== undefined || beside === undefined) throw failure;
        return rest.stopWithSavepoint(jobId, beside);
      });
    } catch (failure) {
      if (!(failure instanceof FlinkRefusal)) throw failure;
      throw this.#failed(`it could not be stopped with a savepoint: ${failure.message}`);
    }
  }

  #isDown(sight: Sight): boolean {
    return !allRun(sight) || restoredAt(sight) > this.#restoredAtMs;
  }

  async #look(ended: AbortSignal): Promise<Sight> {
    const { rest, jobId } = this.#context;
    return this.#patiently(ended, async () => {
      const job = await rest.job(jobId);
      if (!ENDED.has(job.state)) return { job, checkpoints: await rest.checkpoints(jobId) };
      const [cause = `its state is ${job.state}`] = await rest.failures(jobId);
      throw this.#failed(cause);
    });
  }

  /** Asks again while Flink is silent. */
  async #patiently<T>(ended: AbortSignal, ask: () => Promise<T>): Promise<T> {
    const { clock, rest } = this.#context;
    const deadlineMs = clock.nowMs() + SILENCE_LIMIT_MS;
    for (;;) {
      ended.throwIfAborted();
      try {
        return await ask();
      } catch (failure) {
        if (!(failure instanceof FlinkSilence)) throw failure;
        if (clock.nowMs() > deadlineMs)
          throw flinkErrors.error('FLINK_UNREACHABLE', { url: rest.url, reason: failure.message });
      }
      await delay(RUNNING_POLL_MS, undefined, { signal: ended });
    }
  }

  /** A job that never ran and restarts will go on so: Flink's strategies have no end. */
  async #refuseRestartLoop(): Promise<void> {
    const { rest, jobId } = this.#context;
    const [cause] = await rest.failures(jobId);
    if (cause !== undefined) throw this.#failed(cause);
  }

  /**
   * A TaskManager that hangs is gone for the JobManager, and its process is still there: when its heartbeat is missed for too long, the cluster has
   * no slots. Where Flink starts its workers itself it ends one then (ActiveResourceManager, stopWorkerIfSupported).
   */
  async #refuseSilence(): Promise<void> {
    const { rest, isOwn, logFile } = this.#context;
    // No answer says nothing: the exit of a JobManager is heard of.
    if (!isOwn || (await rest.slots().catch(() => ({ total: 1 }))).total > 0) return;
    throw flinkErrors.error('FLINK_TASK_MANAGER_SILENT', { log: logFile });
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
      .map((checkpoint) => checkpointReport(checkpoint, this.#instantNs(checkpoint.trigger_timestamp)));
  }

  /** An instant of the JobManager's wall clock on the monotonic axis. */
  #instantNs(wallMs: number): bigint {
    const { clock, isOwn } = this.#context;
    const nowNs = clock.monotonicNs();
    return isOwn ? nowNs - BigInt(Math.round((clock.nowMs() - wallMs) * 1e6)) : nowNs;
  }
}

function allRun({ job }: Sight): boolean {
  return job.vertices.every(({ status }) => status === 'RUNNING');
}

function restoredAt({ checkpoints }: Sight): number {
  return checkpoints.latest.restored?.restore_timestamp ?? 0;
}
