import type { PipelineProgress, StopOptions } from '../../pipeline/index.ts';
import type { EngineEnvironment, RunningEngine } from '../../pipeline/process/index.ts';
import { type EventSettings, eventSettings } from '../settings/index.ts';
import { Job, type LostSlot } from './job.ts';
import { type JobWiring, wireJob } from './job-wiring.ts';

/** Starts the engine in this process: slots in threads of their own, this thread coordinates. */
export async function startEngine(environment: EngineEnvironment): Promise<RunningEngine> {
  const settings = eventSettings.parse(environment.deployment.settings);
  // Threads load their modules while this one connects.
  const job = new Job(environment, settings);
  const wiring = await wireJob(environment.deployment);
  await job.start(wiring);
  return new Engine(environment, settings, wiring, job);
}

/**
 * A running engine, which survives the end of a slot's thread: all slots are ended and start anew from the last checkpoint, since each
 * exchanges records with each (Flink's RestartPipelinedRegionFailoverStrategy: a pipelined region fails over as a whole). Any other
 * failure is one of the process.
 */
class Engine implements RunningEngine {
  readonly failed: Promise<never>;
  readonly #environment: EngineEnvironment;
  readonly #settings: EventSettings;
  readonly #wiring: JobWiring;
  readonly #failure = Promise.withResolvers<never>();
  /** The last one that ran. */
  #job: Job;
  /** The one that runs, or will. */
  #next: Promise<Job>;
  /** The last one that was begun: faults hit it. */
  #newest: Job;
  #turn = 0;

  constructor(environment: EngineEnvironment, settings: EventSettings, wiring: JobWiring, job: Job) {
    this.#environment = environment;
    this.#settings = settings;
    this.#wiring = wiring;
    this.failed = this.#failure.promise;
    this.failed.catch(() => {});
    this.#job = job;
    this.#newest = job;
    this.#next = Promise.resolve(job);
    this.#watch(job);
  }

  progress(): Omit<PipelineProgress, 'incarnations'> {
    return this.#job.progress();
  }

  async stop(options: StopOptions): Promise<void> {
    for (;;) {
      const job = await this.#next;
      try {
        await job.stop(options);
        break;
      } catch (error) {
        // By now `#watch` has heard of it too and set the next job under way.
        if (job.lostSlot === undefined) throw error;
      }
    }
    await this.#wiring.client.close();
  }

  failSlot(): void {
    this.#newest.failSlot(this.#turn++);
  }

  #watch(job: Job): void {
    job.failed.catch((error) => {
      if (job.lostSlot === undefined) {
        this.#failure.reject(error);
        return;
      }
      this.#next = this.#failOver(job, job.lostSlot);
      this.#next.catch((reason) => this.#failure.reject(reason));
    });
  }

  /** Slots may fail again while they start: then the next start follows. */
  async #failOver(ran: Job, lost: LostSlot): Promise<Job> {
    const { report } = this.#environment;
    let failed = ran;
    let cause = lost;
    for (;;) {
      const { slot, error } = cause;
      report({ kind: 'slot-failed', slot, cause: error.message, positions: this.#job.progress().positions });
      const job = new Job(this.#environment, this.#settings);
      this.#newest = job;
      await failed.abandon();
      try {
        await job.start(this.#wiring);
      } catch (error) {
        if (job.lostSlot === undefined) throw error;
        failed = job;
        cause = job.lostSlot;
        continue;
      }
      this.#job = job;
      report({ kind: 'running' });
      this.#watch(job);
      return job;
    }
  }
}
