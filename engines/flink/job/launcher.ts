import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { GuardedProcess } from '../../../java/index.ts';
import { connect, type KafkaClient } from '../../../kafka/index.ts';
import type {
  EngineLauncher,
  Incarnation,
  IncarnationOptions,
  SupervisorMessage,
} from '../../pipeline/process/index.ts';
import { OwnCluster } from '../cluster/index.ts';
import { flinkErrors } from '../errors.ts';
import { FlinkRefusal } from '../rest/index.ts';
import { type JobPlan, submissionOf } from './job-plan.ts';
import { JobProgress } from './job-progress.ts';
import { RunningJob } from './running-job.ts';

const READY_LIMIT_MS = 180_000;
const READY_POLL_MS = 50;

export interface FlinkPlan extends JobPlan {
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
      run.cluster?.jobManager.order({ signal: 'SIGKILL', keepLogs: false });
      await run.cluster?.jobManager.ended;
      await run.kafka?.close();
    },
  };
}

/** What outlives a TaskManager. */
interface FlinkRun {
  readonly plan: FlinkPlan;
  cluster: OwnCluster | undefined;
  jobManagerId: number | undefined;
  job: RunningJob | undefined;
  kafka: KafkaClient | undefined;
}

class TaskManagerIncarnation implements Incarnation {
  readonly #run: FlinkRun;
  readonly #options: IncarnationOptions;
  readonly #ended = new AbortController();
  #taskManager: GuardedProcess | undefined;
  #processId: number | undefined;
  #stopping: Promise<void> | undefined;
  #error: Error | undefined;

  constructor(run: FlinkRun, options: IncarnationOptions) {
    this.#run = run;
    this.#options = options;
    setImmediate(() => {
      options.onMessage({ kind: 'hello' });
      this.#live().catch((error: Error) => this.#fail(error));
    });
  }

  get processId(): number | undefined {
    return this.#ended.signal.aborted ? undefined : this.#processId;
  }

  get processIds(): readonly number[] {
    return [this.processId, this.#run.jobManagerId].filter((id) => id !== undefined);
  }

  send(message: SupervisorMessage): void {
    if (message.kind !== 'stop') return;
    this.#stopping ??= this.#stop(message.drain).catch((error: Error) => this.#fail(error));
  }

  kill(): bigint {
    const atNs = this.#options.clock.monotonicNs();
    if (this.#processId !== undefined) kill(this.#processId);
    else if (this.#taskManager !== undefined) this.#end();
    else this.#exit('it was killed before it had started');
    return atNs;
  }

  async #live(): Promise<void> {
    const { plan } = this.#run;
    const isRestart = this.#run.job !== undefined;
    const cluster = await this.#ownCluster();
    if (this.#ended.signal.aborted) return;
    this.#taskManager = cluster.startTaskManager();
    void this.#taskManager.started.then((processId) => {
      this.#processId = processId;
      this.#options.onStarted(processId);
    });
    void this.#taskManager.ended.then((reason) => this.#exit(reason ?? 'it was stopped'));
    const tell = this.#options.onMessage;
    const { signal } = this.#ended;
    if (!isRestart) {
      await this.#untilSlots(cluster);
      const jarId = await cluster.rest.upload(plan.jobJar);
      const jobId = await cluster.rest.run(submissionOf(plan, jarId)).catch((error: Error) => {
        if (!(error instanceof FlinkRefusal)) throw error;
        throw flinkErrors.error('FLINK_JOB_REFUSED', { reason: error.message, log: this.#options.log.path });
      });
      this.#run.job = await this.#jobOf(cluster, jobId);
    }
    await this.#run.job?.untilRunning(isRestart, signal, tell);
    await this.#run.job?.follow(signal, (message) => {
      if (this.#stopping === undefined) tell(message);
    });
  }

  async #ownCluster(): Promise<OwnCluster> {
    const { plan } = this.#run;
    if (this.#run.cluster === undefined) {
      const { java, jars, settings, deployment } = plan;
      const { stateFolder: folder, heapMb } = deployment;
      const logFile = this.#options.log.path;
      const cluster = await OwnCluster.start({ java, jars, folder, heapMb, settings, logFile });
      this.#run.cluster = cluster;
      void cluster.jobManager.started.then((processId) => {
        this.#run.jobManagerId = processId;
      });
    }
    const { cluster } = this.#run;
    void cluster.jobManager.ended.then((reason) => {
      this.#run.jobManagerId = undefined;
      this.#fail(this.#processEnded('JobManager', reason ?? 'it was stopped'));
    });
    return cluster;
  }

  async #jobOf(cluster: OwnCluster, jobId: string): Promise<RunningJob> {
    const { deployment, brokers } = this.#run.plan;
    this.#run.kafka ??= await connect({ kind: 'kafka', brokers });
    const progress = new JobProgress(this.#run.kafka, deployment.group, deployment.topics.input ?? '');
    return new RunningJob({
      rest: cluster.rest,
      jobId,
      progress,
      clock: this.#options.clock,
      logFile: this.#options.log.path,
      savepointFolder: join(deployment.stateFolder, 'savepoints'),
    });
  }

  /** @throws FLINK_TASK_MANAGER_MISSING */
  async #untilSlots({ rest }: OwnCluster): Promise<void> {
    const { clock } = this.#options;
    const slots = this.#run.plan.settings.parallelism;
    const deadlineNs = clock.monotonicNs() + BigInt(READY_LIMIT_MS) * 1_000_000n;
    // Until the JobManager listens, the connection is refused.
    while ((await rest.slots().catch(() => 0)) < slots) {
      if (clock.monotonicNs() > deadlineNs) {
        const details = { slots, seconds: READY_LIMIT_MS / 1000, log: this.#options.log.path };
        throw flinkErrors.error('FLINK_TASK_MANAGER_MISSING', details);
      }
      await delay(READY_POLL_MS, undefined, { signal: this.#ended.signal });
    }
  }

  async #stop(drain: boolean): Promise<void> {
    await this.#run.job?.stop(drain);
    const { clock, onMessage } = this.#options;
    const job = this.#run.job;
    if (job !== undefined)
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
    const cause = lastErrorIn(this.#options.log.tail());
    return flinkErrors.error('FLINK_PROCESS_ENDED', { part, reason, cause, log: this.#options.log.path });
  }
}

function lastErrorIn(log: string): string {
  const lines = log.split('\n');
  return (lines.findLast((line) => /^Caused by:| ERROR |Exception/.test(line)) ?? lines.at(-1) ?? '').slice(
    0,
    300,
  );
}

function kill(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // It had ended.
  }
}
