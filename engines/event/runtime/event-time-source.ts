import type { Row, WatermarkNode } from '../../pipeline/index.ts';
import {
  AttendedClock,
  BoundedOutOfOrderness,
  CustomWatermarks,
  IdlenessDetection,
  type WatermarkGenerator,
  WatermarkMultiplexer,
  type WatermarkOutput,
} from '../time/index.ts';
import { DriftLimit } from './drift-limit.ts';
import type { JobMemory } from './job-memory.ts';

/** Flink's pipeline.auto-watermark-interval: how often silent partitions are looked at. */
export const WATERMARK_INTERVAL_MS = 200;

export interface EventTimeSourceOptions {
  readonly node: WatermarkNode;
  readonly partitions: readonly number[];
  readonly memory: JobMemory;
  /** Where the source's combined watermark and status go: every channel. */
  readonly output: WatermarkOutput;
  readonly nowMs: () => number;
}

interface PartitionTime {
  readonly generator: WatermarkGenerator;
  /** The same generator without its idleness, if it is the user's. */
  readonly custom: CustomWatermarks | undefined;
  readonly output: WatermarkOutput;
}

/**
 * Event time of the partitions of one source. A record only raises its partition's greatest time; watermarks follow after each run of
 * records of a partition (punctuated, so they do not depend on the clock), and idleness is looked for at each tick. A generator of the
 * user's is shown each row too.
 */
export class EventTimeSource {
  /** Whether `onRow` is to be called. */
  readonly watchesRows: boolean;
  readonly #memory: JobMemory;
  readonly #limit: DriftLimit;
  readonly #times = new Map<number, PartitionTime>();
  readonly #multiplexer: WatermarkMultiplexer;
  readonly #output: WatermarkOutput;
  #status: 'active' | 'idle' = 'active';

  constructor(options: EventTimeSourceOptions) {
    this.#memory = options.memory;
    this.#limit = new DriftLimit(options.memory, options.node.alignmentMaxDriftMs);
    this.#output = options.output;
    // The multiplexer repeats the status at each combination, and does not tell of activity; channels are told of changes only.
    this.#multiplexer = new WatermarkMultiplexer({
      emitWatermark: (watermarkMs) => {
        this.#tellStatus('active');
        options.output.emitWatermark(watermarkMs);
      },
      emitStatus: (status) => this.#tellStatus(status),
    });
    const clock = new AttendedClock(options.nowMs, 2 * WATERMARK_INTERVAL_MS);
    this.watchesRows = options.node.generator !== undefined;
    for (const partition of options.partitions) {
      this.#multiplexer.register(String(partition));
      const output = this.#partitionOutput(partition);
      const custom = options.node.generator && new CustomWatermarks(options.node.generator(), output);
      const generator = new IdlenessDetection(
        custom ?? this.#boundedDisorder(options.node.delayMs, partition),
        options.node.idleTimeoutMs,
        () => clock.nowMs(),
      );
      this.#times.set(partition, { generator, custom, output });
    }
  }

  /** Puts out what the restored times give; a source without partitions says that it is idle. */
  start(): void {
    for (const time of this.#times.values()) {
      time.generator.onPeriodicEmit(time.output);
    }
    if (this.#times.size === 0) {
      this.#tellStatus('idle');
    }
  }

  /** The greatest event time at which a partition may still take a record. */
  limitMs(): number {
    return this.#limit.currentMs();
  }

  /** After each row of a partition, which is on its way; only for a generator that watches rows. */
  onRow(partition: number, row: Row, eventTimeMs: number): void {
    this.#times.get(partition)?.custom?.onRow(row, eventTimeMs);
  }

  /** After a run of records of a partition, of which the latest had this time. */
  onRecords(partition: number, maxEventTimeMs: number): void {
    const time = this.#times.get(partition) as PartitionTime;
    this.#memory.maxEventTimesMs[partition] = maxEventTimeMs;
    // the user's generator may have marked the partition idle at one of these rows: that lasts until its next watermark
    if (!this.watchesRows) {
      this.#memory.idle[partition] = 0;
      this.#tellStatus('active');
    }
    time.generator.onEvent(maxEventTimeMs);
    time.generator.onPeriodicEmit(time.output);
  }

  /** At each tick, for a partition of which no record waits: one that is held back is not silent. */
  onSilence(partition: number): void {
    const time = this.#times.get(partition) as PartitionTime;
    time.generator.onPeriodicEmit(time.output);
  }

  /** A partition at its end holds no other back. */
  onEnd(partition: number): void {
    this.#memory.idle[partition] = 1;
  }

  /** The end of the input: every timer is due. */
  finish(): void {
    this.#tellStatus('active');
    this.#output.emitWatermark(Number.POSITIVE_INFINITY);
  }

  /** Goes on from where the partition was. */
  #boundedDisorder(delayMs: number, partition: number): WatermarkGenerator {
    const generator = new BoundedOutOfOrderness(delayMs);
    const restoredMs = this.#memory.maxEventTimesMs[partition] as number;
    if (restoredMs !== Number.NEGATIVE_INFINITY) {
      generator.onEvent(restoredMs);
    }
    return generator;
  }

  #partitionOutput(partition: number): WatermarkOutput {
    const inner = this.#multiplexer.immediateOutput(String(partition));
    return {
      emitWatermark: (watermarkMs) => {
        if (watermarkMs !== Number.NEGATIVE_INFINITY) {
          this.#memory.idle[partition] = 0;
          inner.emitWatermark(watermarkMs);
        }
      },
      emitStatus: (status) => {
        this.#memory.idle[partition] = status === 'idle' ? 1 : 0;
        inner.emitStatus(status);
      },
    };
  }

  #tellStatus(status: 'active' | 'idle'): void {
    if (status !== this.#status) {
      this.#status = status;
      this.#output.emitStatus(status);
    }
  }
}
