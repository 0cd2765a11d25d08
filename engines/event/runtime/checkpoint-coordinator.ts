import type { TransactionOffsets } from '../../../kafka/index.ts';
import type { CheckpointReport, Clock, EngineStep, Guarantee } from '../../pipeline/index.ts';
import type { CheckpointStore, Manifest } from '../checkpoint/index.ts';
import type { TransactionCollector } from '../connect/index.ts';
import type { EventSettings } from '../settings/index.ts';
import type { SlotHandle } from './slot-handle.ts';
import type { SlotCheckpoint } from './slot-messages.ts';

export interface CheckpointCoordinatorOptions {
  readonly dataflow: string;
  readonly group: string;
  readonly inputTopic: string;
  readonly partitions: number;
  readonly guarantee: Guarantee;
  readonly settings: EventSettings;
  readonly store: CheckpointStore;
  readonly slots: readonly SlotHandle[];
  /** exactly-once only. */
  readonly collector: TransactionCollector | undefined;
  readonly clock: Clock;
  /** Ids ascend over restarts. */
  readonly firstCheckpointId: number;
  /** Complete checkpoints on disk that may still be restored. */
  readonly retained: readonly number[];
  readonly onStep: (step: EngineStep) => void;
  readonly onCompleted: (report: CheckpointReport, manifest: Manifest) => void;
  readonly onFailed: (checkpointId: number, reason: string) => void;
  /** The engine cannot go on: the outputs or offsets of a durable checkpoint could not be committed. */
  readonly onFatal: (error: unknown) => void;
}

/** Time for the slots to have read something. */
const FIRST_AFTER_RESTART_MS = 100;

/** How a checkpoint ended. */
export type CheckpointOutcome =
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly reason: string };

interface Pending {
  readonly checkpointId: number;
  readonly parts: (SlotCheckpoint | undefined)[];
  failure: string | undefined;
  missing: number;
  readonly collected: PromiseWithResolvers<void>;
}

/**
 * Takes checkpoints of the whole job, one at a time: barriers from all sources, the slots' durable parts, the manifest, and under
 * exactly-once the commit of the epoch's transaction with its offsets. A failed checkpoint leaves the one before as it is.
 */
export class CheckpointCoordinator {
  readonly #options: CheckpointCoordinatorOptions;
  #nextId: number;
  #retained: number[];
  #pending: Pending | undefined;
  #running: Promise<CheckpointOutcome> = Promise.resolve({ kind: 'completed' });
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Why there will be no more checkpoints. */
  #abandoned: string | undefined;

  constructor(options: CheckpointCoordinatorOptions) {
    this.#options = options;
    this.#nextId = options.firstCheckpointId;
    this.#retained = [...options.retained];
  }

  /** Takes checkpoints at the interval until `takeLast`. The first one after a restart is early: what it makes visible is overdue. */
  start(): void {
    const { settings, retained } = this.#options;
    const isRestart = retained.length > 0;
    this.#schedule(
      isRestart
        ? Math.min(FIRST_AFTER_RESTART_MS, settings.checkpointIntervalMs)
        : settings.checkpointIntervalMs,
    );
  }

  onCheckpoint(slot: number, checkpoint: SlotCheckpoint): void {
    const pending = this.#pending;
    if (pending?.checkpointId === checkpoint.checkpointId) {
      pending.parts[slot] = checkpoint;
      this.#count(pending);
    }
  }

  onCheckpointFailed(checkpointId: number, reason: string): void {
    const pending = this.#pending;
    if (pending?.checkpointId === checkpointId) {
      pending.failure ??= reason;
      this.#count(pending);
    }
  }

  /** Ends the periodic ones, waits for the one under way, and takes one after which nothing is read any more. */
  async takeLast(): Promise<CheckpointOutcome> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    const last = this.#take(true);
    this.#running = last;
    return last;
  }

  /**
   * The slots are gone: ends the checkpoint under way as failed, unless it is durable, and takes no other. When this resolves it has
   * ended, its files and its commit included.
   */
  async abandon(reason: string): Promise<void> {
    this.#stopped = true;
    this.#abandoned = reason;
    clearTimeout(this.#timer);
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending !== undefined) {
      pending.failure ??= reason;
      pending.collected.resolve();
    }
    await this.#running.catch(() => {});
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => {
      if (this.#stopped) {
        return;
      }
      const startedAtNs = this.#options.clock.monotonicNs();
      this.#running = this.#take(false).catch((error: unknown): CheckpointOutcome => {
        this.#stopped = true;
        this.#options.onFatal(error);
        return { kind: 'failed', reason: String(error) };
      });
      this.#running.then(() => {
        if (!this.#stopped) {
          const tookMs = elapsedMs(this.#options.clock, startedAtNs);
          this.#schedule(Math.max(0, this.#options.settings.checkpointIntervalMs - tookMs));
        }
      });
    }, delayMs);
  }

  async #take(last: boolean): Promise<CheckpointOutcome> {
    const { slots, store, collector, clock, onStep, onCompleted, onFailed } = this.#options;
    const checkpointId = this.#nextId++;
    const startedAtNs = clock.monotonicNs();
    onStep('checkpoint');
    const fail = (reason: string): CheckpointOutcome => {
      onFailed(checkpointId, reason);
      return { kind: 'failed', reason };
    };
    try {
      await store.begin(checkpointId);
    } catch (error) {
      return fail(reasonOf(error));
    }
    if (this.#abandoned !== undefined) {
      return fail(this.#abandoned);
    }
    const pending: Pending = {
      checkpointId,
      parts: slots.map(() => undefined),
      failure: undefined,
      missing: slots.length,
      collected: Promise.withResolvers(),
    };
    this.#pending = pending;
    slots.forEach((slot, index) => {
      slot.send({ kind: 'checkpoint', checkpointId, stateFile: store.slotFile(checkpointId, index), last });
    });
    const [, collected] = await Promise.all([
      pending.collected.promise,
      collector?.epochCollected(checkpointId),
    ]);
    if (collected === false) {
      pending.failure ??= this.#abandoned;
    }
    const manifest = this.#manifest(checkpointId, pending.parts);
    let manifestBytes = 0;
    try {
      if (pending.failure !== undefined || collected === false || manifest === undefined) {
        throw new Error(pending.failure);
      }
      manifestBytes = await store.complete(manifest);
    } catch (error) {
      collector?.nextEpoch();
      return fail(reasonOf(error));
    }
    if (collector !== undefined) {
      onStep('commit');
      await collector.commit(this.#offsets(manifest));
    }
    onCompleted(
      {
        checkpointId,
        startedAtNs,
        durationMs: elapsedMs(clock, startedAtNs),
        alignmentMs: Math.max(...pending.parts.map((part) => part?.alignmentMs ?? 0)),
        pauseMs: Math.max(...pending.parts.map((part) => part?.pauseMs ?? 0)),
        bytesWritten: manifestBytes + manifest.slotBytes.reduce((total, bytes) => total + bytes, 0),
      },
      manifest,
    );
    await this.#retain(checkpointId).catch((error: unknown) => onFailed(checkpointId, reasonOf(error)));
    return { kind: 'completed' };
  }

  #count(pending: Pending): void {
    pending.missing--;
    if (pending.missing === 0) {
      this.#pending = undefined;
      pending.collected.resolve();
    }
  }

  #manifest(checkpointId: number, parts: readonly (SlotCheckpoint | undefined)[]): Manifest | undefined {
    const { dataflow, settings, guarantee, partitions } = this.#options;
    const complete = parts.filter((part) => part !== undefined);
    if (complete.length < parts.length) {
      return undefined;
    }
    const inputs = complete.flatMap((part) => part.inputs);
    const input = (partition: number) => inputs.find((each) => each.partition === partition);
    const all = Array.from({ length: partitions }, (_, partition) => input(partition));
    return {
      version: 1,
      checkpointId,
      dataflow,
      parallelism: settings.parallelism,
      maxParallelism: settings.maxParallelism,
      guarantee,
      positions: all.map((each) => each?.position ?? 0),
      maxEventTimesMs: all.map((each) => finite(each?.maxEventTimeMs)),
      watermarksMs: complete.map((part) => finite(part.watermarkMs)),
      lateRecords: complete.reduce((total, part) => total + part.lateRecords, 0),
      deadLetters: complete.reduce((total, part) => total + part.deadLetters, 0),
      slotBytes: complete.map((part) => part.bytes),
    };
  }

  #offsets(manifest: Manifest): TransactionOffsets {
    const { group, inputTopic: topic } = this.#options;
    const metadata = String(manifest.checkpointId);
    return {
      group,
      positions: manifest.positions.map((offset, partition) => ({ topic, partition, offset, metadata })),
    };
  }

  async #retain(checkpointId: number): Promise<void> {
    this.#retained = [checkpointId, ...this.#retained].slice(0, this.#options.settings.retainedCheckpoints);
    await this.#options.store.retain(new Set(this.#retained));
  }
}

function elapsedMs(clock: Clock, sinceNs: bigint): number {
  return Number(clock.monotonicNs() - sinceNs) / 1e6;
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
