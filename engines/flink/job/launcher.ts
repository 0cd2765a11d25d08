import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CrosscurrentError } from '../../../errors/index.ts';
import type { GuardedProcess } from '../../../java/index.ts';
import { connect, type KafkaClient } from '../../../kafka/index.ts';
import type {
  EngineLauncher,
  Incarnation,
  IncarnationOptions,
  SupervisorMessage,
} from '../../pipeline/process/index.ts';
import { causeInLog, OwnCluster } from '../cluster/index.ts';
import { flinkErrors } from '../errors.ts';
import type { JobPlan } from './job-plan.ts';
import { JobProgress } from './job-progress.ts';
import { RunningJob } from './running-job.ts';
import { submitJob } from './submit.ts';
import { tellRunning } from './tell-running.ts';

const READY_LIMIT_MS = 180_000;
const READY_POLL_MS = 50;
/** A process's exit may be heard after somebody has missed it. */
const EXIT_GRACE_MS = 1_000;

interface FlinkPlan extends JobPlan {
  readonly java: string;
  /** Class path of the cluster. */
  readonly jars: readonly string[];
  /** The jar with the jobs. */
  readonly jobJar: string;
}

/**
 * Launches a job on a Flink of its own: the JobManager stays for the whole deployment, an incarnation is a TaskManager. A fault kills that one;
 * another is started at once, as a cluster manager would, and the JobManager restores the job on it when it has noticed.
 */
export function taskManagerLauncher(plan: FlinkPlan): EngineLauncher {
  const run: FlinkRun = {
    plan,
    cluster: undefined,
    jobManagerId: undefined,
    job: undefined,
    kafka: undefined,
  };
  return {
    start: (options) => new TaskManagerIncarnation(run, options),
    close: async () => {
      const cluster = await run.cluster?.catch(() => undefined);
      cluster?.jobManager.order({ signal: 'SIGKILL', keepLogs: false });
      await cluster?.jobManager.ended;
      await (await run.kafka?.catch(() => undefined))?.close();
    },
  };
}

/** What outlives a TaskManager. */
interface FlinkRun {
  readonly plan: FlinkPlan;
  cluster: Promise<OwnCluster> | undefined;
  jobManagerId: number | undefined;
  job: RunningJob | undefined;
  kafka: Promise<KafkaClient> | undefined;
}

class TaskManagerIncarnation implements Incarnation {
  readonly #run: FlinkRun;
  readonly #options: IncarnationOptions;
  readonly #ended = new AbortController();
  readonly #stopping = new AbortController();
  #taskManager: GuardedProcess | undefined;
  #processId: number | undefined;
  #error: Error | undefined;

  constructor(run: FlinkRun, options: IncarnationOptions) {
    this.#run = run;
    this.#options = options;
    setImmediate(() => {
      if (this.#ended.signal.aborted) return;
      options.onMessage({ kind: 'hello' });
      this.#live().catch(async (error: Error) => {
        // The exit of a JobManager says more than its silence, and may be heard a little later.
        if (error instanceof CrosscurrentError && error.code === 'FLINK_UNREACHABLE')
          await delay(EXIT_GRACE_MS);
        this.#fail(error);
      });
    });
  }

  get processId(): number | undefined {
    return this.#ended.signal.aborted ? undefined : this.#processId;
  }

  get processIds(): readonly number[] {
    return [this.processId, this.#run.jobManagerId].filter((id) => id !== undefined);
  }

  send(message: SupervisorMessage): void {
    if (message.kind !== 'stop' || this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    this.#stop(message.drain).catch((error: Error) => this.#fail(error));
  }

  kill(): bigint {
    const atNs = this.#options.clock.monotonicNs();
    if (this.#processId !== undefined) kill(this.#processId);
    else if (this.#taskManager !== undefined) this.#end();
    else setImmediate(() => this.#exit('it was killed before it had started'));
    return atNs;
  }

  async #live(): Promise<void> {
    const cluster = await this.#ownCluster();
    if (this.#ended.signal.aborted) return;
    const isRestart = this.#run.job !== undefined;
    this.#startTaskManager(cluster);
    const { signal } = this.#ended;
    if (!isRestart) {
      await this.#untilSlots(cluster);
      const { plan } = this.#run;
      const jobId = await submitJob(cluster.rest, plan.jobJar, plan, this.#options.log.path, signal);
      this.#run.job = await this.#jobOf(cluster, jobId);
    }
    const { job } = this.#run;
    if (job === undefined) return;
    const tell = this.#options.onMessage;
    tellRunning(job, await job.untilRunning(isRestart ? 'fault' : 'submission', signal), tell);
    await this.#follow(job).catch((failure: Error) => {
      // An order to stop waits for the tasks by itself.
      if (!this.#stopping.signal.aborted) throw failure;
    });
  }

  /** Where tasks fail alone, Flink restores all of them by itself on the TaskManager that lives. */
  async #follow(job: RunningJob): Promise<void> {
    const { clock, onMessage: tell } = this.#options;
    const following = AbortSignal.any([this.#ended.signal, this.#stopping.signal]);
    for (;;) {
      const cause = await job.follow(following, tell);
      if (cause === undefined) return;
      const downNs = clock.monotonicNs();
      const { positions } = job.progress();
      await delay(EXIT_GRACE_MS, undefined, { signal: this.#ended.signal });
      tell({ kind: 'report', atNs: downNs, report: { kind: 'slot-failed', slot: 0, cause, positions } });
      const { restoredNs, runningNs } = await job.untilRunning('down', following);
      const restored = job.progress().committedPositions;
      tell({ kind: 'report', atNs: restoredNs, report: { kind: 'restored', positions: restored } });
      tell({ kind: 'report', atNs: runningNs, report: { kind: 'running' } });
    }
  }

  async #ownCluster(): Promise<OwnCluster> {
    const run = this.#run;
    run.cluster ??= this.#startCluster();
    const cluster = await run.cluster;
    void cluster.jobManager.ended.then((reason) => {
      run.jobManagerId = undefined;
      this.#fail(this.#processEnded('JobManager', reason ?? 'it was stopped'));
    });
    return cluster;
  }

  async #startCluster(): Promise<OwnCluster> {
    const run = this.#run;
    const { java, jars, settings, deployment } = run.plan;
    const { stateFolder: folder, heapMb } = deployment;
    const logFile = this.#options.log.path;
    const cluster = await OwnCluster.start({ java, jars, folder, heapMb, settings, logFile });
    void cluster.jobManager.started.then((processId) => {
      run.jobManagerId = processId;
    });
    return cluster;
  }

  #startTaskManager(cluster: OwnCluster): void {
    const taskManager = cluster.startTaskManager();
    this.#taskManager = taskManager;
    void taskManager.started.then((processId) => {
      this.#processId = processId;
      this.#options.onStarted(processId);
    });
    void taskManager.ended.then((reason) => {
      // Ended by itself before it had a job: nobody but its log says why.
      if (reason !== undefined && this.#run.job === undefined)
        this.#error ??= this.#processEnded('TaskManager', reason);
      this.#exit(reason ?? 'it was stopped');
    });
  }

  async #jobOf({ rest }: OwnCluster, jobId: string): Promise<RunningJob> {
    const { deployment, brokers } = this.#run.plan;
    this.#run.kafka ??= connect({ kind: 'kafka', brokers });
    const progress = new JobProgress(await this.#run.kafka, deployment.group, deployment.topics.input ?? '');
    return new RunningJob({
      rest,
      jobId,
      progress,
      clock: this.#options.clock,
      logFile: this.#options.log.path,
      savepointFolder: join(deployment.stateFolder, 'savepoints'),
      isOwn: true,
    });
  }

  /** @throws FLINK_TASK_MANAGER_MISSING */
  async #untilSlots({ rest }: OwnCluster): Promise<void> {
    const { clock } = this.#options;
    const slots = this.#run.plan.settings.parallelism;
    const deadlineNs = clock.monotonicNs() + BigInt(READY_LIMIT_MS) * 1_000_000n;
    // Until the JobManager listens, the connection is refused.
    while ((await rest.slots().catch(() => ({ total: 0 }))).total < slots) {
      if (clock.monotonicNs() > deadlineNs) {
        const log = this.#options.log.path;
        const details = { slots, seconds: READY_LIMIT_MS / 1000, log, cause: causeInLog(log) };
        throw flinkErrors.error('FLINK_TASK_MANAGER_MISSING', details);
      }
      await delay(READY_POLL_MS, undefined, { signal: this.#ended.signal });
    }
  }

  async #stop(drain: boolean): Promise<void> {
    const { job } = this.#run;
    if (job === undefined) return;
    await job.stop(drain, this.#ended.signal);
    const { clock, onMessage } = this.#options;
    onMessage({ kind: 'stopped', atNs: clock.monotonicNs(), progress: job.progress() });
    this.#end();
  }

  /** What happened because the TaskManager is gone already is no failure of its own. */
  #fail(error: Error): void {
    if (this.#ended.signal.aborted) return;
    this.#error ??= error;
    if (this.#taskManager === undefined) this.#exit('it did not start');
    else this.#end();
  }

  #end(): void {
    this.#taskManager?.order({ signal: 'SIGKILL', keepLogs: false });
  }

  #exit(cause: string): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    const { clock, onExit } = this.#options;
    const error = this.#error;
    onExit({
      noticedAtNs: clock.monotonicNs(),
      cause: error === undefined ? cause : `${cause}: ${error.message}`,
      error,
    });
  }

  #processEnded(part: string, reason: string): Error {
    const log = this.#options.log.path;
    return flinkErrors.error('FLINK_PROCESS_ENDED', { part, reason, cause: causeInLog(log), log });
  }
}

function kill(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // It had ended.
  }
}
