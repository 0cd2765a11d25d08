import { join } from 'node:path';
import type { PipelineProgress, StopOptions } from '../../pipeline/index.ts';
import type { EngineEnvironment } from '../../pipeline/process/index.ts';
import { CheckpointStore, writeSavepoint } from '../checkpoint/index.ts';
import { TransactionCollector } from '../connect/index.ts';
import { eventErrors } from '../errors.ts';
import { allocateRing, Bell } from '../exchange/index.ts';
import { nodeFileSystem } from '../file-system/index.ts';
import { allocateCells, CheckpointCount, JobSight } from '../introspection/index.ts';
import { mutatePositions } from '../mutant/index.ts';
import type { EventSettings } from '../settings/index.ts';
import { CheckpointCoordinator } from './checkpoint-coordinator.ts';
import type { JobMemory } from './job-memory.ts';
import type { JobWiring } from './job-wiring.ts';
import { findRestoredJob, type RestoredJob, restoreMemory } from './restored-job.ts';
import { SlotHandle } from './slot-handle.ts';
import type { SlotJob } from './slot-messages.ts';

/** A slot whose thread ended without being told to. */
export interface LostSlot {
  readonly slot: number;
  readonly error: Error;
}

/**
 * All slots from a start to the first failure: threads with the rings between them, and the coordination of their checkpoints in this
 * thread. The slots' threads start at once, so that they load their modules while the rest is found out.
 */
export class Job {
  /** Rejects with the first failure; `lostSlot` says whether it was the end of a thread. */
  readonly failed: Promise<never>;
  readonly #environment: EngineEnvironment;
  readonly #settings: EventSettings;
  readonly #slots: readonly SlotHandle[];
  readonly #failure = Promise.withResolvers<never>();
  readonly #checkpoints = new CheckpointCount();
  #lostSlot: LostSlot | undefined;
  #wiring: JobWiring | undefined;
  #memory: JobMemory | undefined;
  #committedPositions: readonly number[] = [];
  #collector: TransactionCollector | undefined;
  #coordinator: CheckpointCoordinator | undefined;
  #sight: JobSight | undefined;
  #store: CheckpointStore | undefined;

  constructor(environment: EngineEnvironment, settings: EventSettings) {
    this.#environment = environment;
    this.#settings = settings;
    this.failed = this.#failure.promise;
    this.failed.catch(() => {});
    this.#slots = Array.from(
      { length: settings.parallelism },
      (_, slot) =>
        new SlotHandle(slot, environment.deployment.heapMb, {
          onCheckpoint: (...args) => this.#coordinator?.onCheckpoint(...args),
          onCheckpointFailed: (...args) => this.#coordinator?.onCheckpointFailed(...args),
          onFailure: (error) => this.#failure.reject(error),
          onLost: (error) => {
            this.#lostSlot ??= { slot, error };
            this.#failure.reject(error);
          },
        }),
    );
  }

  get lostSlot(): LostSlot | undefined {
    return this.#lostSlot;
  }

  /**
   * Restores what the last checkpoint holds and begins to read. Under exactly-once the transactional producer comes first, which fences
   * a predecessor and aborts what it left open; only then do the committed offsets say which checkpoint is the true one.
   */
  async start(wiring: JobWiring): Promise<void> {
    const { deployment, report } = this.#environment;
    const { plan, client } = wiring;
    this.#wiring = wiring;
    report({ kind: 'step-begun', step: 'restore' });
    const slots = this.#slots;
    const settings = this.#settings;
    const coordinatorBell = new SharedArrayBuffer(Bell.BYTES);
    const bells = slots.map(() => new SharedArrayBuffer(Bell.BYTES));
    const outputRings =
      deployment.guarantee === 'exactly-once'
        ? slots.map(() => allocateRing(settings.outputRingBytes))
        : undefined;
    this.#collector =
      outputRings &&
      new TransactionCollector({
        producer: await client.createTransactionalProducer({
          transactionalId: deployment.group,
          transactionTimeoutMs: settings.transactionTimeoutMs,
          acks: -1,
          lingerMs: settings.lingerMs,
          maxInFlight: settings.maxInFlight,
        }),
        topics: wiring.outputs.map(({ topic }) => topic),
        slots: outputRings.map((ring, slot) => ({ ring, bell: bells[slot] as SharedArrayBuffer })),
        bell: coordinatorBell,
        pendingBytes: settings.producerPendingBytes,
        onFailure: (error) => this.#failure.reject(error),
      });

    const store = new CheckpointStore(join(deployment.stateFolder, 'checkpoints'));
    this.#store = store;
    const restored = await findRestoredJob(store, wiring, deployment, settings);
    const { positions } = restored;
    const isRestart = restored.manifest !== undefined;
    const from = mutatePositions(deployment.mutant, positions, isRestart);
    const memory = restoreMemory(restored, from, settings.parallelism);
    const cells = allocateCells(slots.length);
    const rings = slots.map((_, source) =>
      slots.map((_, target) => (source === target ? undefined : allocateRing(settings.ringBytes))),
    );
    const prepared = slots.map((slot, index) => {
      const job: SlotJob = {
        slot: index,
        dataflow: deployment.dataflow,
        kafka: deployment.kafka,
        guarantee: deployment.guarantee,
        settings,
        inputs: wiring.inputs,
        outputs: wiring.outputs,
        workingFolder: join(deployment.stateFolder, 'working', `slot-${index}`),
        stateFiles: restored.stateFiles,
        channelFiles: restored.channelFiles,
        operatorStates: restored.manifest?.operatorStates ?? [],
        memory: memory.memory,
        cells,
        bells,
        coordinatorBell,
        rings,
        outputRing: outputRings?.[index],
        mutant: deployment.mutant,
      };
      return slot.prepare(job);
    });
    await Promise.race([Promise.all(prepared), this.failed]);

    this.#committedPositions = positions;
    this.#memory = memory;
    this.#sight = new JobSight({
      plan,
      memory: cells,
      times: memory,
      watermarksMs: memory.watermarksMs,
      checkpoints: this.#checkpoints,
      monotonicNs: () => this.#environment.clock.monotonicNs(),
    });
    this.#coordinator = this.#coordinate(plan.dataflow.name, store, restored);
    report({ kind: 'restored', positions });
    for (const slot of slots) {
      slot.send({ kind: 'start' });
    }
    this.#coordinator.start();
  }

  /** After `start`. */
  progress(): Omit<PipelineProgress, 'incarnations'> {
    const memory = this.#memory as JobMemory;
    const watermarkMs = Math.min(...memory.watermarksMs);
    return {
      positions: [...memory.positions],
      committedPositions: this.#committedPositions,
      watermarkMs: Number.isFinite(watermarkMs) ? watermarkMs : null,
      lateRecords: total(memory.lateRecords),
      lateRowsSparkCount: null,
      deadLetters: total(memory.deadLetters),
      ...(this.#sight && { introspection: this.#sight.look() }),
    };
  }

  /** After `start`; rejects with `failed`. */
  stop(options: StopOptions): Promise<void> {
    return Promise.race([this.#stop(options), this.failed]);
  }

  /** Ends a slot's thread abruptly, wherever it is. */
  failSlot(slot: number): void {
    this.#slots[slot % this.#slots.length]?.fail();
  }

  /**
   * After a failure: ends all threads abruptly. When this resolves nothing of the job writes files or appends outputs any more; a commit
   * that was under way is decided.
   */
  async abandon(): Promise<void> {
    this.#collector?.abandon();
    await Promise.all([
      ...this.#slots.map((slot) => slot.terminate()),
      this.#coordinator?.abandon('a slot failed'),
    ]);
    await this.#collector?.close();
  }

  async #stop({ drain, savepoint }: StopOptions): Promise<void> {
    const { client, inputs } = this.#wiring as JobWiring;
    if (drain) {
      const endOffsets = (
        await Promise.all(inputs.map(({ topic }) => client.admin.endOffsets(topic, 'read-committed')))
      ).flat();
      await Promise.all(this.#slots.map((slot) => slot.drain(endOffsets)));
    }
    const outcome = await (this.#coordinator as CheckpointCoordinator).takeLast();
    if (outcome.kind === 'failed') {
      throw eventErrors.error('EVENT_CHECKPOINT_FAILED', { reason: outcome.reason });
    }
    if (savepoint !== undefined) {
      await writeSavepoint(nodeFileSystem, this.#store as CheckpointStore, outcome.manifest, savepoint);
    }
    await Promise.all(this.#slots.map((slot) => slot.close()));
    await this.#collector?.close();
  }

  #coordinate(dataflow: string, store: CheckpointStore, restored: RestoredJob): CheckpointCoordinator {
    const { deployment, clock, report } = this.#environment;
    return new CheckpointCoordinator({
      dataflow,
      group: deployment.group,
      inputs: (this.#wiring as JobWiring).inputs,
      guarantee: deployment.guarantee,
      settings: this.#settings,
      store,
      slots: this.#slots,
      collector: this.#collector,
      clock,
      firstCheckpointId: restored.nextCheckpointId,
      retained: restored.retained,
      onStep: (step) => report({ kind: 'step-begun', step }),
      onCompleted: (checkpoint, manifest, stateEntries) => {
        this.#committedPositions = manifest.positions;
        const { checkpointId, durationMs, alignmentMs = null, bytesWritten } = checkpoint;
        this.#checkpoints.complete({
          checkpointId,
          durationMs,
          alignmentMs,
          writtenBytes: bytesWritten,
          fullBytes: manifest.slotBytes.reduce((sum, bytes) => sum + bytes, 0),
        });
        this.#sight?.stateFound(
          manifest.slotBytes.map((bytes, slot) => ({ entries: stateEntries[slot] ?? null, bytes })),
        );
        report({ kind: 'checkpoint-completed', checkpoint });
      },
      onFailed: (checkpointId, reason, cause) => {
        this.#checkpoints.fail(cause);
        report({ kind: 'checkpoint-failed', checkpointId, reason });
      },
      onFatal: (error) => this.#failure.reject(error),
    });
  }
}

function total(counters: Float64Array): number {
  return counters.reduce((sum, value) => sum + value, 0);
}
