// Longer than most: all that a slot's thread does stands in one place, since its order is what the guarantees rest on.
import type { KafkaClient } from '../../../kafka/index.ts';
import type { Clock } from '../../pipeline/index.ts';
import type { OperatorState } from '../checkpoint/index.ts';
import type { OutputSink } from '../connect/index.ts';
import { type Bell, type ChannelReader, ENTRY } from '../exchange/index.ts';
import { type Activity, CELL, type SlotMeter } from '../introspection/index.ts';
import type { StateBackend } from '../state/index.ts';
import { WATERMARK_INTERVAL_MS } from './event-time-source.ts';
import type { JobMemory } from './job-memory.ts';
import type { OperatorTask } from './operator-task.ts';
import type { SlotExchange } from './slot-exchange.ts';
import type { CheckpointCommand, SlotCommand, SlotJob, SlotReport } from './slot-messages.ts';
import type { SlotOutput } from './slot-output.ts';
import type { SlotSources } from './slot-sources.ts';
import type { SourceTask } from './source-task.ts';

export interface SlotLoopParts {
  readonly job: SlotJob;
  readonly clock: Clock;
  readonly report: (report: SlotReport) => void;
  readonly memory: JobMemory;
  readonly bells: readonly Bell[];
  readonly client: KafkaClient;
  readonly state: StateBackend;
  readonly sink: OutputSink;
  /** Undefined in a dataflow without keyBy. */
  readonly task: OperatorTask | undefined;
  readonly exchange: SlotExchange;
  /** Whose totals are told after each turn. */
  readonly output: Pick<SlotOutput, 'results' | 'others'>;
  readonly meter: SlotMeter;
  /** By source slot; undefined at this slot's own place. */
  readonly channels: readonly (ChannelReader | undefined)[];
  /** Whether the second of two inputs has no key. */
  readonly isBroadcast: boolean;
  readonly sources: SlotSources;
  readonly source: SourceTask;
  /** What the slot's operators keep without a key. */
  readonly operatorState: () => OperatorState;
}

/** Beyond this setTimeout fires at once; an alarm that comes early is set again. */
const LONGEST_ALARM_MS = 2 ** 31 - 1;

/** Entries taken from one channel before the slot looks at everything else. */
const RUN_ENTRIES = 1024;

/**
 * waiting: until all slots are ready. reading: the normal state. draining: reads up to given offsets. ended: the input is over, nothing is read any more; a last
 * checkpoint may come. closed: nothing happens any more.
 */
type Phase = 'waiting' | 'reading' | 'draining' | 'ended' | 'closed';

/**
 * What a slot's thread does: in turns it takes entries from the other slots' channels and runs of records from its own partitions, all
 * synchronous, and between turns lets the event loop do input and output. Without work it sleeps until its bell rings.
 */
export class SlotLoop {
  readonly #parts: SlotLoopParts;
  readonly #bell: Bell;
  #phase: Phase = 'waiting';
  #scheduled = false;
  #flushedAtNs = 0n;
  #barrier: CheckpointCommand | undefined;
  /** The checkpoint under way, or the last one. */
  #checkpoint: CheckpointCommand | undefined;
  #cancelledCheckpointId = 0;
  #tick: NodeJS.Timeout | undefined;
  /** Wakes the slot when a processing-time timer is due. */
  #alarm: NodeJS.Timeout | undefined;
  #alarmAtMs = Number.POSITIVE_INFINITY;
  #lastCheckpointId: number | undefined;
  /** What a timer put out after the last checkpoint would come again after the next start. */
  #timersStopped = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: SlotLoopParts) {
    this.#parts = parts;
    this.#bell = parts.bells[parts.job.slot] as Bell;
  }

  command(command: SlotCommand): void {
    switch (command.kind) {
      case 'start':
        this.#start();
        return;
      case 'checkpoint':
        this.#barrier = command;
        this.#checkpoint = command;
        if (command.last) {
          this.#lastCheckpointId = command.checkpointId;
        }
        this.wake();
        return;
      case 'cancel-checkpoint':
        this.#cancelledCheckpointId = command.checkpointId;
        return;
      case 'drain':
        this.#parts.source.endAt(command.endOffsets);
        this.#phase = 'draining';
        this.wake();
        return;
      case 'close':
        this.#close().catch((error: unknown) => this.fail(error));
        return;
    }
  }

  /** There may be work. */
  wake(): void {
    if (!this.#scheduled && this.#phase !== 'closed') {
      this.#scheduled = true;
      this.#bell.disarm();
      setImmediate(this.#turn);
    }
  }

  fail(error: unknown): void {
    if (this.#phase !== 'closed') {
      this.#phase = 'closed';
      this.#parts.report({ kind: 'failed', error });
    }
  }

  /** All barriers are in: the synchronous part of a checkpoint. Writing it goes on beside the next records. */
  takeSnapshot(checkpointId: number, alignmentStartedAtNs: bigint): void {
    const { state, sink, sources, memory, job, clock, operatorState } = this.#parts;
    const alignmentMs = Number(clock.monotonicNs() - alignmentStartedAtNs) / 1e6;
    const command = this.#checkpoint as CheckpointCommand;
    if (checkpointId === this.#cancelledCheckpointId) {
      this.#tellWhenSafe(
        Promise.resolve({ kind: 'checkpoint-failed', checkpointId, reason: 'it was cancelled' }),
        sink.endEpoch(checkpointId),
      );
      return;
    }
    const handle = state.snapshot(command.scope);
    if (checkpointId === this.#lastCheckpointId) {
      this.#timersStopped = true;
      sources.stopCalls();
    }
    const outputsSafe = sink.endEpoch(checkpointId);
    const checkpoint = {
      checkpointId,
      inputs: sources.inputs.map(({ partition, position }) => ({
        partition,
        position,
        maxEventTimeMs: memory.maxEventTimesMs[partition] as number,
      })),
      watermarkMs: memory.watermarksMs[job.slot] as number,
      lateRecords: memory.lateRecords[job.slot] as number,
      deadLetters: memory.deadLetters[job.slot] as number,
      operatorState: operatorState(),
      alignmentMs,
      pauseMs: Number(clock.monotonicNs() - alignmentStartedAtNs) / 1e6,
    };
    const written = handle.write(command.stateFile).then(
      (snapshot): SlotReport => ({ kind: 'checkpointed', checkpoint: { ...checkpoint, ...snapshot } }),
      (error: Error): SlotReport => ({ kind: 'checkpoint-failed', checkpointId, reason: error.message }),
    );
    this.#tellWhenSafe(written, outputsSafe);
  }

  #tellWhenSafe(written: Promise<SlotReport>, outputsSafe: Promise<void>): void {
    const { report } = this.#parts;
    this.#writing = Promise.all([written, outputsSafe]).then(
      ([outcome]) => report(outcome),
      (error: unknown) => this.fail(error),
    );
  }

  #start(): void {
    const { sources, exchange, source, task } = this.#parts;
    this.#phase = 'reading';
    sources.start();
    this.#tick = setInterval(() => {
      if (!exchange.blocked && (this.#phase === 'reading' || this.#phase === 'draining')) {
        source.onTick();
        task?.pump();
        this.#ringWaiting();
        this.wake();
      }
    }, WATERMARK_INTERVAL_MS);
    this.wake();
  }

  readonly #turn = (): void => {
    this.#scheduled = false;
    if (this.#phase === 'closed') {
      return;
    }
    const { meter, task, output } = this.#parts;
    meter.turnBegan();
    try {
      if (this.#work()) {
        this.wake();
        return;
      }
      // What is rung for after this is seen as a ring; what came before it is seen by the second look.
      this.#bell.arm();
      if (this.#work()) {
        this.wake();
      } else {
        this.#setAlarm();
        meter.sleeps(this.#sleepActivity());
        this.#bell.sleep(() => this.wake());
      }
    } catch (error) {
      this.fail(error);
    } finally {
      meter.turnEnded(task?.elements ?? 0, output.results, output.others);
    }
  };

  /** What the time is for that passes until the next turn. State on its way from disk is work; all that waits for room, or for barriers, is not. */
  #sleepActivity(): Activity {
    const { task, exchange, sink } = this.#parts;
    if (task?.busy) {
      return CELL.otherMs;
    }
    return exchange.blocked || sink.blocked ? CELL.backPressuredMs : CELL.idleMs;
  }

  /** @returns whether there may be more to do at once */
  #work(): boolean {
    const { exchange, sink, meter } = this.#parts;
    this.#fireTimers();
    const took = this.#takeEntries();
    exchange.flush();
    sink.flush();
    meter.charge(CELL.operatorMs);
    const read = this.#readInput();
    if (!took && !read) {
      exchange.flush();
      sink.flush();
    } else {
      this.#flushInTime();
    }
    meter.charge(CELL.operatorMs);
    return took || read;
  }

  /** Looks at the clock only where a processing-time timer waits. */
  #fireTimers(): void {
    const { task, clock } = this.#parts;
    if (
      task === undefined ||
      task.nextProcessingTimeMs === Number.POSITIVE_INFINITY ||
      this.#timersHeldUp(task)
    ) {
      return;
    }
    const nowMs = clock.nowMs();
    if (task.nextProcessingTimeMs <= nowMs) {
      task.processingTime(nowMs);
    }
  }

  #timersHeldUp(task: OperatorTask): boolean {
    return task.busy || this.#parts.sink.blocked || this.#timersStopped || this.#phase === 'waiting';
  }

  /** Before the slot sleeps: it wakes when the next processing-time timer is due. What holds timers up wakes it too when it ends. */
  #setAlarm(): void {
    const { task, clock } = this.#parts;
    if (task === undefined || this.#timersHeldUp(task)) {
      return;
    }
    const dueMs = task.nextProcessingTimeMs;
    if (dueMs === this.#alarmAtMs) {
      return;
    }
    clearTimeout(this.#alarm);
    this.#alarmAtMs = dueMs;
    if (dueMs === Number.POSITIVE_INFINITY) {
      return;
    }
    const delayMs = Math.min(Math.max(0, dueMs - clock.nowMs()), LONGEST_ALARM_MS);
    this.#alarm = setTimeout(() => {
      this.#alarmAtMs = Number.POSITIVE_INFINITY;
      this.wake();
    }, delayMs);
  }

  /** While there is always more input, frames that fill slowly leave after the buffer timeout. */
  #flushInTime(): void {
    const nowNs = this.#parts.clock.monotonicNs();
    if (nowNs - this.#flushedAtNs >= BigInt(this.#parts.job.settings.bufferTimeoutMs) * 1_000_000n) {
      this.#flushedAtNs = nowNs;
      this.#parts.exchange.flush();
      this.#parts.sink.flush();
    }
  }

  /** @returns whether there was any */
  #takeEntries(): boolean {
    const { channels, task, sink } = this.#parts;
    if (task === undefined) {
      return false;
    }
    let took = false;
    for (let source = 0; source < channels.length; source++) {
      const channel = channels[source];
      if (channel === undefined) {
        continue;
      }
      for (
        let count = 0;
        count < RUN_ENTRIES && !sink.blocked && !task.busy && !task.isBlocked(source);
        count++
      ) {
        const entry = channel.next();
        if (entry === ENTRY.none) {
          break;
        }
        took = true;
        this.#take(source, channel, entry, task);
      }
      task.pump();
    }
    return took;
  }

  #take(source: number, channel: ChannelReader, entry: number, task: OperatorTask): void {
    switch (entry) {
      case ENTRY.element:
        task.element(channel.key, channel.row, channel.timestampMs, channel.raw);
        return;
      case ENTRY.secondElement:
        this.#takeSecond(channel, task);
        return;
      case ENTRY.watermark:
        task.watermark(source, channel.watermarkMs, channel.source);
        return;
      case ENTRY.idle:
        task.status(source, 'idle', channel.source);
        return;
      case ENTRY.active:
        task.status(source, 'active', channel.source);
        return;
      case ENTRY.barrier:
        task.barrier(source, channel.checkpointId);
        return;
    }
  }

  #takeSecond(channel: ChannelReader, task: OperatorTask): void {
    if (this.#parts.isBroadcast) {
      task.broadcast(channel.row, channel.timestampMs);
    } else {
      task.secondElement(channel.key, channel.row, channel.timestampMs, channel.raw);
    }
  }

  /** @returns whether any input was read or any step of the slot's life was taken */
  #readInput(): boolean {
    const { exchange, sources, source, task, meter, report } = this.#parts;
    if (exchange.blocked) {
      return false;
    }
    const barrier = this.#barrier;
    if (barrier !== undefined) {
      this.#barrier = undefined;
      if (barrier.last) {
        this.#phase = 'ended';
      }
      exchange.barrier(barrier.checkpointId);
      return true;
    }
    if (this.#phase !== 'reading' && this.#phase !== 'draining') {
      return false;
    }
    meter.sourceBegan();
    const step = source.step();
    meter.charge(CELL.sourceMs);
    task?.pump();
    if (step === 'worked') {
      this.#ringWaiting();
    } else if (step === 'held-back') {
      return this.#waitForSlower();
    } else if (this.#phase === 'draining' && source.finished && exchange.settled) {
      this.#phase = 'ended';
      sources.finish();
      task?.pump();
      report({ kind: 'drained' });
      return true;
    }
    return step === 'worked';
  }

  /** Says that this slot waits, and looks once more, lest the others moved in between. */
  #waitForSlower(): boolean {
    this.#parts.memory.waitForOthers(this.#parts.job.slot);
    const worked = this.#parts.source.step() === 'worked';
    this.#parts.task?.pump();
    return worked;
  }

  #ringWaiting(): void {
    const { memory, bells, sources } = this.#parts;
    if (!sources.timed) {
      return;
    }
    for (let slot = 0; slot < bells.length; slot++) {
      if (memory.takeWaiting(slot)) {
        bells[slot]?.ring();
      }
    }
  }

  async #close(): Promise<void> {
    const { sources, sink, client, state, report } = this.#parts;
    this.#phase = 'closed';
    clearInterval(this.#tick);
    clearTimeout(this.#alarm);
    await this.#writing;
    await sources.close();
    await sink.close();
    await client.close();
    await state.close();
    report({ kind: 'closed' });
  }
}
