import type { CheckpointReport, Clock, EngineStep, Guarantee } from '../../pipeline/index.ts';
import { type CheckpointStore, type Manifest, SnapshotChains } from '../checkpoint/index.ts';
import type { TransactionCollector } from '../connect/index.ts';
import { eventErrors } from '../errors.ts';
import type { EventSettings } from '../settings/index.ts';
import type { WiredTopic } from './job-wiring.ts';
import { partitionPlaces } from './partition-places.ts';
import type { SlotHandle } from './slot-handle.ts';
import type { SlotCheckpoint } from './slot-messages.ts';
import { transactionOffsets } from './transaction-offsets.ts';

export interface CheckpointCoordinatorOptions {
  readonly dataflow: string;
  readonly group: string;
  /** By the plan's index of sources. */
  readonly inputs: readonly WiredTopic[];
  readonly guarantee: Guarantee;
  readonly settings: EventSettings;
  readonly store: CheckpointStore;
  readonly slots: readonly Pick<SlotHandle, 'send'>[];
  /** exactly-once only. */
  readonly collector: TransactionCollector | undefined;
  readonly clock: Clock;
  /** Ids ascend over restarts. */
  readonly firstCheckpointId: number;
  /** Complete checkpoints on disk that may still be restored. */
  readonly retained: readonly Manifest[];
  readonly onStep: (step: EngineStep) => void;
  /** @param stateEntries by slot; null where they are not counted */
  readonly onCompleted: (
    report: CheckpointReport,
    manifest: Manifest,
    stateEntries: readonly (number | null)[],
  ) => void;
  readonly onFailed: (checkpointId: number, reason: string, cause: 'time-out' | 'other') => void;
  /**
   * The engine cannot go on: the outputs or offsets of a durable checkpoint could not be committed, or more checkpoints failed in a row
   * than are tolerated.
   */
  readonly onFatal: (error: unknown) => void;
}

/** Time for the slots to have read something. */
const FIRST_AFTER_RESTART_MS = 100;

/** How a checkpoint ended. */
export type CheckpointOutcome =
  | { readonly kind: 'completed'; readonly manifest: Manifest }
  | { readonly kind: 'failed'; readonly reason: string };

interface Pending {
  readonly checkpointId: number;
  readonly parts: (SlotCheckpoint | undefined)[];
  failure: string | undefined;
  /** The failure was told when the time was over. */
  expired: boolean;
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
  #retained: readonly Manifest[];
  readonly #chains = new SnapshotChains();
  #failuresInRow = 0;
  #commitNoted = false;
  #pending: Pending | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Why there will be no more checkpoints. */
  #abandoned: string | undefined;

  constructor(options: CheckpointCoordinatorOptions) {
    this.#options = options;
    this.#nextId = options.firstCheckpointId;
    this.#retained = options.retained;
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
    const { store, collector, clock, onStep, onCompleted, onFailed } = this.#options;
    const checkpointId = this.#nextId++;
    const startedAtNs = clock.monotonicNs();
    onStep('checkpoint');
    try {
      await store.begin(checkpointId);
    } catch (error) {
      return this.#failed(checkpointId, reasonOf(error));
    }
    if (this.#abandoned !== undefined) {
      return this.#failed(checkpointId, this.#abandoned);
    }
    const pending = await this.#collect(checkpointId, last);
    let manifest: Manifest;
    let manifestBytes: number;
    try {
      manifest = this.#manifest(checkpointId, pending);
      manifestBytes = await store.complete(manifest);
    } catch (error) {
      this.#chains.break();
      collector?.nextEpoch();
      await store.discard(checkpointId).catch(() => {});
      const reason = reasonOf(error);
      // One that took too long is told of when it is over time, not when the slots have answered.
      return pending.expired ? { kind: 'failed', reason } : this.#failed(checkpointId, reason);
    }
    if (collector !== undefined) {
      onStep('commit');
      const { group, inputs } = this.#options;
      await collector.commit(transactionOffsets(group, inputs, manifest.positions, checkpointId));
    }
    this.#failuresInRow = 0;
    onCompleted(
      {
        checkpointId,
        startedAtNs,
        durationMs: elapsedMs(clock, startedAtNs),
        alignmentMs: Math.max(...pending.parts.map((part) => part?.alignmentMs ?? 0)),
        pauseMs: Math.max(...pending.parts.map((part) => part?.pauseMs ?? 0)),
        overtakenElements: pending.parts.reduce((total, part) => total + (part?.overtakenElements ?? 0), 0),
        bytesWritten: pending.parts.reduce(
          (total, part) => total + (part?.bytes ?? 0) + (part?.channelBytes ?? 0),
          manifestBytes,
        ),
      },
      manifest,
      pending.parts.map((part) => part?.stateEntries ?? null),
    );
    await this.#retain(manifest).catch((error: unknown) => onFailed(checkpointId, reasonOf(error), 'other'));
    return { kind: 'completed', manifest };
  }

  /** Sends the barriers. Resolves when every slot has answered, and all outputs of the epoch are in the transaction. */
  async #collect(checkpointId: number, last: boolean): Promise<Pending> {
    const { slots, store, collector, settings } = this.#options;
    const pending: Pending = {
      checkpointId,
      parts: slots.map(() => undefined),
      failure: undefined,
      expired: false,
      missing: slots.length,
      collected: Promise.withResolvers(),
    };
    this.#pending = pending;
    const scope = settings.incrementalCheckpoints && !last ? this.#chains.nextScope : 'full';
    slots.forEach((slot, index) => {
      const stateFile = store.pathOf(store.slotFile(checkpointId, index));
      const channelFile = store.pathOf(store.channelFile(checkpointId, index));
      const alignedTimeoutMs = settings.alignedCheckpointTimeoutMs;
      slot.send({ kind: 'checkpoint', checkpointId, scope, stateFile, channelFile, alignedTimeoutMs, last });
    });
    const expiry = setInterval(() => this.#expire(pending), settings.checkpointTimeoutMs);
    const [, collected] = await Promise.all([
      pending.collected.promise,
      collector?.epochCollected(checkpointId),
    ]);
    clearInterval(expiry);
    if (collected === false) {
      pending.failure ??= this.#abandoned ?? 'the outputs of its epoch were not collected';
    }
    return pending;
  }

  /**
   * The checkpoint is over time: it fails, and slots that have not taken their snapshot do not. Its barriers are in the channels all the
   * same, so the next one comes after they have arrived; as long as they have not, each further such time counts as a failure.
   */
  #expire(pending: Pending): void {
    const { checkpointId } = pending;
    pending.failure ??= `it took longer than ${this.#options.settings.checkpointTimeoutMs} ms`;
    pending.expired = true;
    for (const slot of this.#options.slots) {
      slot.send({ kind: 'cancel-checkpoint', checkpointId });
    }
    this.#failed(checkpointId, pending.failure, 'time-out');
  }

  #failed(checkpointId: number, reason: string, cause: 'time-out' | 'other' = 'other'): CheckpointOutcome {
    const { onFailed, onFatal, settings } = this.#options;
    onFailed(checkpointId, reason, cause);
    this.#failuresInRow++;
    const { tolerableFailedCheckpoints: tolerable } = settings;
    if (this.#failuresInRow > tolerable && !this.#stopped) {
      const details = { failures: this.#failuresInRow, tolerable, reason };
      onFatal(eventErrors.error('EVENT_CHECKPOINTS_FAILED', details));
    }
    return { kind: 'failed', reason };
  }

  #count(pending: Pending): void {
    pending.missing--;
    if (pending.missing === 0) {
      this.#pending = undefined;
      pending.collected.resolve();
    }
  }

  #manifest(checkpointId: number, { parts, failure }: Pending): Manifest {
    const { dataflow, settings, guarantee, inputs: topics, store } = this.#options;
    const complete = parts.filter((part) => part !== undefined);
    if (failure !== undefined || complete.length < parts.length) {
      throw new Error(failure ?? 'not every slot has taken its part');
    }
    const chains = this.#chains.add(
      complete.map(({ scope, bytes }, slot) => ({ file: store.slotFile(checkpointId, slot), scope, bytes })),
    );
    const inputs = complete.flatMap((part) => part.inputs);
    const input = (partition: number) => inputs.find((each) => each.partition === partition);
    const all = partitionPlaces(topics).map(({ partition }) => input(partition));
    return {
      version: 2,
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
      stateFiles: chains.map(({ files }) => files),
      slotBytes: chains.map(({ bytes }) => bytes),
      channelFiles: complete.flatMap(({ channelBytes }, slot) =>
        channelBytes > 0 ? [store.channelFile(checkpointId, slot)] : [],
      ),
      inputPartitions: topics.map(({ partitions }) => partitions),
      operatorStates: complete.map((part) => part.operatorState),
    };
  }

  async #retain(manifest: Manifest): Promise<void> {
    const { collector, store, group } = this.#options;
    if (collector !== undefined && !this.#commitNoted) {
      await store.noteCommitted(group);
      this.#commitNoted = true;
    }
    this.#retained = [manifest, ...this.#retained].slice(0, this.#options.settings.retainedCheckpoints);
    await store.retain(this.#retained);
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
