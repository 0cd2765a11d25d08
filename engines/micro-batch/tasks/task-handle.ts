import { Worker } from 'node:worker_threads';
import { fromWireError } from '../../../errors/index.ts';
import { microBatchErrors } from '../errors.ts';
import type { BatchTasks, OffsetRange, TaskOutput } from '../execution/index.ts';
import { unpackOutputs } from './output-wire.ts';
import type { TaskThreadCommand, TaskThreadJob, TaskThreadReport } from './task-messages.ts';
import { TextReceiver } from './text-receiver.ts';

/** A task thread as the main thread sees it: one command at a time. After a failure every call rejects with it. */
export class TaskHandle implements BatchTasks {
  readonly #worker: Worker;
  readonly #texts = new TextReceiver();
  readonly #ready: Promise<TaskThreadReport>;
  #answer = Promise.withResolvers<TaskThreadReport>();
  #failure: Error | undefined;

  constructor(job: TaskThreadJob) {
    this.#worker = new Worker(new URL('./task-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: job.deployment.heapMb },
    });
    this.#worker.on('message', (report: TaskThreadReport) => {
      if (report.kind === 'failed') this.#fail(fromWireError(report.error));
      else this.#answer.resolve(report);
    });
    this.#worker.on('error', (error) => this.#fail(error as Error));
    this.#worker.on('exit', (exitCode) => {
      this.#fail(microBatchErrors.error('MICRO_BATCH_TASK_DIED', { thread: job.thread, exitCode }));
    });
    this.#ready = this.#send(job);
    this.#ready.catch(() => {});
  }

  /** Ranges of the thread's partitions, by source. */
  async run(ranges: readonly OffsetRange[]): Promise<readonly TaskOutput[]> {
    await this.#ready;
    const report = await this.#send({ kind: 'batch', ranges });
    if (report.kind !== 'done') throw new TypeError(`a task thread answered ${report.kind} to a batch`);
    return unpackOutputs(report, this.#texts);
  }

  /** Between two batches. */
  async close(): Promise<void> {
    await this.#ready;
    await this.#send({ kind: 'close' });
    await this.#worker.terminate();
  }

  /** Ends the thread abruptly. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(command: TaskThreadCommand): Promise<TaskThreadReport> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#answer = Promise.withResolvers();
    this.#worker.postMessage(command);
    return this.#answer.promise;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#answer.promise.catch(() => {});
    this.#answer.reject(this.#failure);
  }
}
