import { Worker } from 'node:worker_threads';
import { fromWireError, type WireError } from '../../../errors/index.ts';
import { eventErrors } from '../errors.ts';
import type { SlotCheckpoint, SlotCommand, SlotJob, SlotReport } from './slot-messages.ts';

export interface SlotListener {
  onCheckpoint(slot: number, checkpoint: SlotCheckpoint): void;
  onCheckpointFailed(checkpointId: number, reason: string): void;
  onFailure(error: Error): void;
  /** The thread ended without being told to. */
  onLost(error: Error): void;
}

/** A slot as the coordinator sees it. The thread starts at once, so that it loads its modules while the coordinator finds out what to restore. */
export class SlotHandle {
  readonly #slot: number;
  readonly #worker: Worker;
  readonly #listener: SlotListener;
  readonly #ready = Promise.withResolvers<void>();
  readonly #drained = Promise.withResolvers<void>();
  readonly #closed = Promise.withResolvers<void>();
  #ending = false;

  constructor(slot: number, heapMb: number, listener: SlotListener) {
    this.#slot = slot;
    this.#listener = listener;
    this.#worker = new Worker(new URL('./slot-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    this.#worker.on('message', (report: SlotReport) => this.#receive(report));
    this.#worker.on('error', (error) => this.#fail(error as Error));
    this.#worker.on('exit', (exitCode) => {
      if (!this.#ending) {
        const error = eventErrors.error('EVENT_SLOT_DIED', { slot, exitCode });
        listener.onLost(error);
        this.#fail(error);
      }
    });
    for (const { promise } of [this.#ready, this.#drained, this.#closed]) {
      promise.catch(() => {});
    }
  }

  /** Resolves when the slot has restored its state and is connected. */
  prepare(job: SlotJob): Promise<void> {
    this.#worker.postMessage(job);
    return this.#ready.promise;
  }

  send(command: SlotCommand): void {
    this.#worker.postMessage(command);
  }

  /** Resolves when the slot has read up to the offsets and ended its input. */
  drain(endOffsets: readonly number[]): Promise<void> {
    this.send({ kind: 'drain', endOffsets });
    return this.#drained.promise;
  }

  async close(): Promise<void> {
    this.send({ kind: 'close' });
    await this.#closed.promise;
    await this.terminate();
  }

  /** Ends the thread abruptly, as a failure of its own would. */
  fail(): void {
    this.#worker.terminate();
  }

  async terminate(): Promise<void> {
    this.#ending = true;
    await this.#worker.terminate();
  }

  #receive(report: SlotReport): void {
    switch (report.kind) {
      case 'ready':
        this.#ready.resolve();
        return;
      case 'checkpointed':
        this.#listener.onCheckpoint(this.#slot, report.checkpoint);
        return;
      case 'checkpoint-failed':
        this.#listener.onCheckpointFailed(report.checkpointId, report.reason);
        return;
      case 'drained':
        this.#drained.resolve();
        return;
      case 'closed':
        this.#closed.resolve();
        return;
      case 'failed':
        this.#fail(fromWireError(report.error as WireError));
        return;
    }
  }

  #fail(error: Error): void {
    this.#ready.reject(error);
    this.#drained.reject(error);
    this.#closed.reject(error);
    this.#listener.onFailure(error);
  }
}
