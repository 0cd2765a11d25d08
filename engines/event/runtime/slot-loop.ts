// Longer than most: all that a slot's thread does stands in one place, since its order is what the guarantees rest on.
import type { KafkaClient } from '../../../kafka/index.ts';
import type { Clock } from '../../pipeline/index.ts';
import type { OperatorState } from '../checkpoint/index.ts';
import type { OutputSink } from '../connect/index.ts';
import {
  type Bell,
  type ChannelEntry,
  type ChannelInput,
  type ChannelReader,
  ENTRY,
  OvertakenChannel,
  type WaitingEntry,
} from '../exchange/index.ts';
import { type Activity, CELL, type SlotMeter } from '../introspection/index.ts';
import type { StateBackend } from '../state/index.ts';
import { writeChannelState } from './channel-state.ts';
import { WATERMARK_INTERVAL_MS } from './event-time-source.ts';
import type { JobMemory } from './job-memory.ts';
import type { OperatorTask } from './operator-task.ts';
import { Overtaking } from './overtaking.ts';
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
  /** What crosses the channels for each input of the operator. */
  readonly channelInputs: readonly ChannelInput[];
  /** Elements that barriers had overtaken in the checkpoint that this slot was restored from: they come before all others. */
  readonly replayed: readonly WaitingEntry[];
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
/** Fewer while they take longer than this, with a slow operator, since commands wait meanwhile. */
const LONG_RUN_NS = 10_000_000n;
const FEWEST_RUN_ENTRIES = 16;

const NOTHING_OVERTAKEN = { overtakenElements: 0, channelBytes: 0 };

function isElement({ kind }: WaitingEntry): boolean {
  return kind === ENTRY.element || kind === ENTRY.secondElement;
}

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
  #runEntries = FEWEST_RUN_ENTRIES;
  #barrier: CheckpointCommand | undefined;
  /** The checkpoint under way, or the last one. */
  #checkpoint: CheckpointCommand | undefined;
  #cancelledCheckpointId = 0;
  readonly #overtaking: Overtaking;
  /** Restored elements that have not been processed yet. */
  #replayed: OvertakenChannel | undefined;
  #overtakeTimer: NodeJS.Timeout | undefined;
  /** The time to align is over. */
  #overtakeDue = false;
  /** What the barriers of the checkpoint under way overtook. */
  #overtaken: Promise<readonly WaitingEntry[]> | undefined;
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
    this.#overtaking = new Overtaking(parts.channels.length);
    this.#replayed = parts.replayed.length === 0 ? undefined : new OvertakenChannel(parts.replayed);
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
        this.#limitAlignment(command);
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
    const overtaken = this.#overtaken;
    this.#overtaken = undefined;
    clearTimeout(this.#overtakeTimer);
    this.#overtakeDue = false;
    if (checkpointId === this.#cancelledCheckpointId) {
      const failed: SlotReport = { kind: 'checkpoint-failed', checkpointId, reason: 'it was cancelled' };
      this.#tellWhenSafe(
        Promise.resolve(overtaken).then(() => failed),
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
      stateEntries: handle.entries,
      alignmentMs,
      pauseMs: Number(clock.monotonicNs() - alignmentStartedAtNs) / 1e6,
    };
    const channelState =
      overtaken === undefined ? NOTHING_OVERTAKEN : this.#writeOvertaken(command, overtaken);
    const written = Promise.all([handle.write(command.stateFile), channelState]).then(
      ([snapshot, channels]): SlotReport => ({
        kind: 'checkpointed',
        checkpoint: { ...checkpoint, ...snapshot, ...channels },
      }),
      async (error: Error): Promise<SlotReport> => {
        // the next checkpoint comes after this one's barriers
        await overtaken;
        return { kind: 'checkpoint-failed', checkpointId, reason: error.message };
      },
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

  /** From here on the barriers may overtake what the channels hold, if they are not all in by then. */
  #limitAlignment({ alignedTimeoutMs, last }: CheckpointCommand): void {
    clearTimeout(this.#overtakeTimer);
    this.#overtakeDue = false;
    // rows that every slot gets belong to no key group: no checkpoint could give them to another slot (Flink has the same limit)
    if (alignedTimeoutMs > 0 && !last && !this.#parts.isBroadcast) {
      this.#overtakeTimer = setTimeout(() => {
        this.#overtakeDue = true;
        this.wake();
      }, alignedTimeoutMs);
    }
  }

  #overtake(): void {
    const { task, job, sink } = this.#parts;
    const awaited = task?.awaitedChannels ?? [];
    if (
      task === undefined ||
      awaited.length === 0 ||
      awaited.includes(job.slot) ||
      task.busy ||
      sink.blocked ||
      !this.#overtaking.mayOvertake(awaited)
    ) {
      return;
    }
    this.#overtaken = this.#overtaking.begin(awaited);
    task.overtake();
  }

  async #writeOvertaken(
    { channelFile }: CheckpointCommand,
    overtaken: Promise<readonly WaitingEntry[]>,
  ): Promise<typeof NOTHING_OVERTAKEN> {
    const { job, channelInputs } = this.#parts;
    const entries = await overtaken;
    const elements = entries.filter(isElement);
    if (elements.length === 0) return NOTHING_OVERTAKEN;
    const { bytes } = await writeChannelState(
      channelFile,
      job.settings.maxParallelism,
      channelInputs,
      elements,
    );
    return { overtakenElements: elements.length, channelBytes: bytes };
  }

  #start(): void {
    const { sources, exchange, source, task } = this.#parts;
    this.#phase = 'reading';
    if (this.#replayed === undefined) {
      sources.start();
    }
    this.#tick = setInterval(() => {
      if (
        this.#replayed === undefined &&
        !exchange.blocked &&
        (this.#phase === 'reading' || this.#phase === 'draining')
      ) {
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
    if (this.#replayed !== undefined) {
      return this.#takeReplayed(this.#replayed, task);
    }
    this.#overtaking.collect(channels);
    if (this.#overtakeDue) {
      this.#overtake();
      this.#overtaking.collect(channels);
    }
    let took = false;
    for (let source = 0; source < channels.length; source++) {
      const channel = channels[source];
      if (channel === undefined) {
        continue;
      }
      const overtaken = this.#overtaking.channelOf(source);
      if (overtaken !== undefined) {
        if (this.#takeWaiting(source, overtaken, task)) took = true;
        else this.#overtaking.release(source);
        continue;
      }
      const startedAtNs = this.#parts.clock.monotonicNs();
      for (
        let count = 0;
        count < this.#runEntries && !sink.blocked && !task.busy && !task.isBlocked(source);
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
      if (took) {
        this.#fitRun(startedAtNs);
      }
    }
    return took;
  }

  /** After a run of entries. */
  #fitRun(startedAtNs: bigint): void {
    const isLong = this.#parts.clock.monotonicNs() - startedAtNs > LONG_RUN_NS;
    this.#runEntries = isLong
      ? Math.max(FEWEST_RUN_ENTRIES, this.#runEntries >> 1)
      : Math.min(RUN_ENTRIES, this.#runEntries << 1);
  }

  /** @returns whether there was any */
  #takeReplayed(replayed: OvertakenChannel, task: OperatorTask): boolean {
    const took = this.#takeWaiting(this.#parts.job.slot, replayed, task);
    if (replayed.waiting === 0) {
      this.#replayed = undefined;
      // not before: their first watermark may be beyond what was overtaken
      this.#parts.sources.start();
    }
    return took;
  }

  /** Processes entries that are out of their channel. @returns whether there was any */
  #takeWaiting(source: number, waiting: OvertakenChannel, task: OperatorTask): boolean {
    const startedAtNs = this.#parts.clock.monotonicNs();
    let count = 0;
    while (count < this.#runEntries && !this.#parts.sink.blocked && !task.busy && !task.isBlocked(source)) {
      const entry = waiting.take();
      if (entry === undefined) {
        break;
      }
      this.#take(source, entry, entry.kind, task);
      count++;
    }
    task.pump();
    if (count > 0) {
      this.#fitRun(startedAtNs);
    }
    return count > 0;
  }

  #take(source: number, channel: ChannelEntry, entry: number, task: OperatorTask): void {
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

  #takeSecond(channel: ChannelEntry, task: OperatorTask): void {
    if (this.#parts.isBroadcast) {
      task.broadcast(channel.row, channel.timestampMs);
    } else {
      task.secondElement(channel.key, channel.row, channel.timestampMs, channel.raw);
    }
  }

  /** @returns whether any input was read or any step of the slot's life was taken */
  #readInput(): boolean {
    const { exchange, sources, source, task, meter, report } = this.#parts;
    if (this.#replayed !== undefined) {
      return false;
    }
    const barrier = this.#barrier;
    if (barrier !== undefined && !exchange.barrierBlocked) {
      this.#barrier = undefined;
      if (barrier.last) {
        this.#phase = 'ended';
      }
      exchange.barrier(barrier.checkpointId);
      return true;
    }
    if (exchange.blocked || (this.#phase !== 'reading' && this.#phase !== 'draining')) {
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
    clearTimeout(this.#overtakeTimer);
    clearTimeout(this.#alarm);
    await this.#writing;
    await sources.close();
    await sink.close();
    await client.close();
    await state.close();
    report({ kind: 'closed' });
  }
}
