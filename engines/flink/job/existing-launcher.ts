import { setTimeout as delay } from 'node:timers/promises';
import { connect, type KafkaClient } from '../../../kafka/index.ts';
import type {
  EngineLauncher,
  Incarnation,
  IncarnationOptions,
  SupervisorMessage,
} from '../../pipeline/process/index.ts';
import { flinkErrors } from '../errors.ts';
import type { RestClient } from '../rest/index.ts';
import type { JobPlan } from './job-plan.ts';
import { JobProgress } from './job-progress.ts';
import { runKillCommand } from './kill-command.ts';
import { RunningJob } from './running-job.ts';
import { submitJob } from './submit.ts';
import { tellRunning } from './tell-running.ts';

/** Flink frees the slots of a job that ended a while after it has said so. */
const SLOTS_LIMIT_MS = 30_000;
const SLOTS_POLL_MS = 500;

interface ExistingPlan extends JobPlan {
  readonly rest: RestClient;
  /** The jobs with all that they need beside Flink. */
  readonly jobJar: string;
  readonly killCommand: string | undefined;
}

/**
 * Launches a job on a Flink that is there already. An incarnation lasts as long as all tasks of the job run: it ends when they are seen to go
 * down, and the next waits until Flink has restored them. A fault is a command of the user, run with FLINK_REST, FLINK_JOB_ID and
 * FLINK_TASK_MANAGERS (ids, with commas) in its environment. A job that was not stopped is cancelled at the end, also one that is being submitted.
 */
export function existingClusterLauncher(plan: ExistingPlan): EngineLauncher {
  const run: JobRun = { plan, submission: undefined, job: undefined, stopped: false, kafka: undefined };
  return {
    start: (options) => new JobIncarnation(run, options),
    close: async () => {
      await run.submission?.catch(() => undefined);
      // One that failed has ended by itself, and a cluster that is gone cancels nothing.
      if (run.job !== undefined && !run.stopped) await plan.rest.cancel(run.job.id).catch(() => undefined);
      await (await run.kafka?.catch(() => undefined))?.close();
    },
  };
}

/** What outlives an incarnation. */
interface JobRun {
  readonly plan: ExistingPlan;
  submission: Promise<RunningJob> | undefined;
  job: RunningJob | undefined;
  stopped: boolean;
  kafka: Promise<KafkaClient> | undefined;
}

class JobIncarnation implements Incarnation {
  /** Those of a cluster elsewhere are not known here. */
  readonly processId = undefined;
  readonly processIds: readonly number[] = [];
  readonly #run: JobRun;
  readonly #options: IncarnationOptions;
  readonly #ended = new AbortController();
  readonly #stopping = new AbortController();
  #taskManagers: readonly string[] = [];

  constructor(run: JobRun, options: IncarnationOptions) {
    this.#run = run;
    this.#options = options;
    setImmediate(() => {
      if (this.#ended.signal.aborted) return;
      options.onMessage({ kind: 'hello' });
      this.#live().catch((error: Error) => this.#fail(error));
    });
  }

  send(message: SupervisorMessage): void {
    if (message.kind !== 'stop' || this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    this.#stop(message.drain).catch((error: Error) => this.#fail(error));
  }

  kill(): bigint {
    const atNs = this.#options.clock.monotonicNs();
    setImmediate(() => this.#exit('it was abandoned', undefined));
    return atNs;
  }

  fault(): bigint {
    const { killCommand, rest } = this.#run.plan;
    const { job } = this.#run;
    if (killCommand === undefined || job === undefined)
      throw flinkErrors.error('FLINK_KILL_COMMAND_MISSING', { url: rest.url });
    const atNs = this.#options.clock.monotonicNs();
    runKillCommand(killCommand, {
      FLINK_JOB_ID: job.id,
      FLINK_REST: rest.url,
      FLINK_TASK_MANAGERS: this.#taskManagers.join(','),
    });
    return atNs;
  }

  async #live(): Promise<void> {
    const run = this.#run;
    const { signal } = this.#ended;
    const tell = this.#options.onMessage;
    const isRestart = run.job !== undefined;
    run.submission ??= this.#submit(signal);
    const job = await run.submission;
    run.job = job;
    const instants = await job.untilRunning(isRestart ? 'down' : 'submission', signal);
    // Before it is told: a kill command wants to know them.
    this.#taskManagers = await job.taskManagers();
    tellRunning(job, instants, tell);
    const cause = await job.follow(AbortSignal.any([signal, this.#stopping.signal]), tell);
    if (cause !== undefined) this.#exit(cause, undefined);
  }

  async #submit(signal: AbortSignal): Promise<RunningJob> {
    const { plan } = this.#run;
    const { rest, deployment, brokers } = plan;
    const { clock, log } = this.#options;
    await this.#untilSlots(signal);
    this.#run.kafka ??= connect({ kind: 'kafka', brokers });
    const kafka = await this.#run.kafka;
    const jobId = await submitJob(rest, plan.jobJar, plan, `beside the JobManager of ${rest.url}`, signal);
    return new RunningJob({
      rest,
      jobId,
      progress: new JobProgress(kafka, deployment.group, deployment.topics.input ?? ''),
      clock,
      logFile: `beside the JobManager of ${rest.url} (job ${jobId}; ${log.path} has nothing of it)`,
      savepointFolder: undefined,
      isOwn: false,
    });
  }

  /** @throws FLINK_SLOTS_TAKEN, FLINK_UNREACHABLE */
  async #untilSlots(signal: AbortSignal): Promise<void> {
    const { rest, settings } = this.#run.plan;
    const { clock } = this.#options;
    const slots = settings.parallelism;
    const deadlineMs = clock.nowMs() + SLOTS_LIMIT_MS;
    for (;;) {
      const { free } = await rest.slots(signal).catch((failure: Error) => {
        throw flinkErrors.error('FLINK_UNREACHABLE', { url: rest.url, reason: failure.message });
      });
      if (free >= slots) return;
      if (clock.nowMs() >= deadlineMs) {
        const details = { url: rest.url, free, slots, seconds: SLOTS_LIMIT_MS / 1000 };
        throw flinkErrors.error('FLINK_SLOTS_TAKEN', details);
      }
      await delay(SLOTS_POLL_MS, undefined, { signal });
    }
  }

  async #stop(drain: boolean): Promise<void> {
    const { job } = this.#run;
    if (job === undefined) return;
    await job.stop(drain, this.#ended.signal);
    this.#run.stopped = true;
    const { clock, onMessage } = this.#options;
    onMessage({ kind: 'stopped', atNs: clock.monotonicNs(), progress: job.progress() });
    this.#exit('it was stopped', undefined);
  }

  #fail(error: Error): void {
    this.#exit('it failed', error);
  }

  #exit(cause: string, error: Error | undefined): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    const { clock, onExit } = this.#options;
    const detail = error === undefined ? '' : `: ${error.message}`;
    onExit({ noticedAtNs: clock.monotonicNs(), cause: `${cause}${detail}`, error });
  }
}
