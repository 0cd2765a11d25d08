import type { Clock, EngineStep } from '../../pipeline/index.ts';
import { microBatchErrors } from '../errors.ts';
import {
  type BatchLog,
  type CommitEntry,
  type CountingFileStore,
  countBytes,
  type FileStore,
  type OffsetEntry,
  openCommitLog,
  openOffsetLog,
} from '../log/index.ts';
import { type BatchPlan, runSteps } from '../plan/index.ts';
import { type BatchProgress, PhaseTimer } from '../progress/index.ts';
import { limitBatch } from '../trigger/index.ts';
import { makeOperator, type StateSettings } from './make-operator.ts';
import { formatOffsets, parseOffsets } from './offset-text.ts';
import type { Operator } from './operator.ts';
import type { BatchSink, BatchSource, Offsets, SourceBatch } from './ports.ts';
import { type RestorePoint, readRestorePoint } from './restore-point.ts';

export interface ExecutionSettings extends StateSettings {
  /** 0 is unlimited. */
  readonly maxRecordsPerBatch: number;
  readonly noDataBatches: boolean;
  /** Batches whose logs and state are kept. */
  readonly retainedBatches: number;
}

export interface ExecutionOptions {
  readonly plan: BatchPlan;
  readonly source: BatchSource;
  readonly sink: BatchSink;
  /** Logs and state. */
  readonly files: FileStore;
  readonly clock: Clock;
  readonly settings: ExecutionSettings;
  /** Hears of the steps of each batch as they begin. */
  readonly onStep?: (step: EngineStep) => void;
  /** Puts another operator in the place of the plan's. Only in tests. */
  readonly changeOperator?: (operator: Operator) => Operator;
}

/**
 * Runs a plan batch by batch, after MicroBatchExecution of Spark. Order of a batch (semantics B10): offsets logged,
 * range read, plan run, state committed, sink written, commit logged. Whatever the instant of a crash, an execution
 * restored from the same files goes on as if it had not happened, but for rows that a sink may hold twice.
 *
 * An execution whose `runBatch` rejected must not be used again: restore another.
 */
export class MicroBatchExecution {
  readonly #options: ExecutionOptions;
  readonly #files: CountingFileStore;
  readonly #offsetLog: BatchLog<OffsetEntry>;
  readonly #commitLog: BatchLog<CommitEntry>;
  readonly #operator: Operator;
  readonly #conf: Readonly<Record<string, string>>;
  #batchId: number;
  #pending: OffsetEntry | undefined;
  #committedEnd: Offsets;
  #positions: Offsets;
  #previousWatermarkMs: number;
  #watermarkMs: number;
  #counters: CommitEntry;

  /** Finds out from the files where to go on. */
  static async restore(options: ExecutionOptions): Promise<MicroBatchExecution> {
    const files = countBytes(options.files);
    const offsetLog = openOffsetLog(files);
    const commitLog = openCommitLog(files);
    const point = await readRestorePoint(files, offsetLog, commitLog, options.source);
    await requireReadable(options.source, point.committedEnd);
    return new MicroBatchExecution(options, files, offsetLog, commitLog, point);
  }

  private constructor(
    options: ExecutionOptions,
    files: CountingFileStore,
    offsetLog: BatchLog<OffsetEntry>,
    commitLog: BatchLog<CommitEntry>,
    point: RestorePoint,
  ) {
    this.#options = options;
    this.#files = files;
    this.#offsetLog = offsetLog;
    this.#commitLog = commitLog;
    // Keys lie where the number of state partitions put them, so the logged number outlives a changed setting, as in Spark.
    const statePartitions = Number(point.conf?.statePartitions ?? options.settings.statePartitions);
    this.#conf = { statePartitions: String(statePartitions) };
    const operator = makeOperator(options.plan.operator, files, {
      ...options.settings,
      statePartitions,
    });
    this.#operator = options.changeOperator?.(operator) ?? operator;
    this.#batchId = point.nextBatchId;
    this.#pending = point.pending;
    this.#committedEnd = point.committedEnd;
    this.#positions = point.committedEnd;
    this.#previousWatermarkMs = point.previousWatermarkMs;
    this.#watermarkMs = point.watermarkMs;
    this.#counters = point.counters;
  }

  /** Next offset to read of each partition: the end of the last batch that was begun. */
  get positions(): Offsets {
    return this.#positions;
  }

  /** End of the last committed batch. */
  get committedEnd(): Offsets {
    return this.#committedEnd;
  }

  /** What the next batch runs with; null if the plan has no watermark or it has none yet. */
  get watermarkMs(): number | null {
    return this.#options.plan.watermarkDelayMs === undefined || this.#watermarkMs === 0
      ? null
      : this.#watermarkMs;
  }

  /** Sums over all committed batches. */
  get counters(): CommitEntry {
    return this.#counters;
  }

  /**
   * Runs the next batch if there is one: the one to repeat after a crash, one with data, or one that only moves the
   * watermark.
   *
   * @param until takes no data from these offsets on
   */
  async runBatch(until?: Offsets): Promise<BatchProgress | undefined> {
    const { clock, source, sink, onStep } = this.#options;
    const timer = new PhaseTimer(clock);
    const entry = await timer.measure('offsets', () => this.#nextBatch(until));
    if (entry === undefined) return undefined;
    const batchId = this.#batchId;
    const from = this.#committedEnd;
    const end = parseOffsets(source.name, entry.sources[0]);
    this.#positions = end;
    const read = await timer.measure('read', () => source.read({ from, to: end }));
    const { run, nextWatermarkMs, inputRows } = await timer.measure('aggregate', () =>
      this.#compute(batchId, entry, read),
    );
    onStep?.('checkpoint');
    await timer.measure('stateCommit', () => run.commit());
    const { rows, metrics } = run;
    const { deadLetters } = read;
    onStep?.('commit');
    await timer.measure('sink', () => sink.addBatch({ batchId, end, rows, deadLetters }));
    const counters: CommitEntry = {
      nextBatchWatermarkMs: nextWatermarkMs,
      lateRecords: this.#counters.lateRecords + metrics.lateRecords,
      lateRowsSparkCount: this.#counters.lateRowsSparkCount + metrics.lateRowsSparkCount,
      deadLetters: this.#counters.deadLetters + deadLetters.length,
    };
    await timer.measure('commitLog', () => this.#commitLog.add(batchId, counters));
    this.#committed(entry, end, counters);
    return {
      batchId,
      inputRows: inputRows + deadLetters.length,
      outputRows: rows.length,
      watermarkMs: this.#options.plan.watermarkDelayMs === undefined ? null : entry.batchWatermarkMs,
      ...metrics,
      deadLetters: deadLetters.length,
      startedAtNs: timer.startedAtNs,
      durationMs: timer.durationMs(),
      phasesMs: timer.phasesMs(),
      bytesWritten: this.#files.takeBytes(),
    };
  }

  /** Where the input ends now. */
  endOffsets(): Promise<Offsets> {
    return this.#options.source.latestOffsets();
  }

  /** Snapshots, and removal of logs and state that no restart needs: between two batches. */
  async maintain(): Promise<void> {
    const oldestBatch = this.#batchId - this.#options.settings.retainedBatches;
    await this.#operator.maintain(Math.max(0, oldestBatch));
    if (oldestBatch > 0) {
      await this.#offsetLog.purgeBelow(oldestBatch);
      await this.#commitLog.purgeBelow(oldestBatch);
    }
  }

  /** The batch to run, logged; undefined if there is nothing to do. */
  async #nextBatch(until: Offsets | undefined): Promise<OffsetEntry | undefined> {
    if (this.#pending !== undefined) return this.#pending;
    const { source, settings, clock } = this.#options;
    const latest = await source.latestOffsets();
    const available = latest.map((end, partition) => Math.min(end, until?.[partition] ?? end));
    const from = this.#committedEnd;
    const to = limitBatch(from, available, settings.maxRecordsPerBatch);
    const hasData = to.some((end, partition) => end > (from[partition] as number));
    const watermarkMoved = this.#operator.wantsNoDataBatches && this.#watermarkMs > this.#previousWatermarkMs;
    if (!hasData && !(settings.noDataBatches && watermarkMoved)) return undefined;
    const entry: OffsetEntry = {
      batchWatermarkMs: this.#watermarkMs,
      batchTimestampMs: clock.nowMs(),
      conf: this.#conf,
      sources: [formatOffsets(source.name, to)],
    };
    await this.#offsetLog.add(this.#batchId, entry);
    return entry;
  }

  async #compute(batchId: number, entry: OffsetEntry, read: SourceBatch) {
    const { plan } = this.#options;
    const stepped = read.partitions.map((batch) => runSteps(plan.steps, batch));
    const run = await this.#operator.run(
      batchId,
      stepped.map(({ batch }) => batch),
      { lateMs: this.#previousWatermarkMs, currentMs: entry.batchWatermarkMs },
    );
    let nextWatermarkMs = entry.batchWatermarkMs;
    for (const { maxEventTimeMs } of stepped) {
      if (maxEventTimeMs !== undefined && plan.watermarkDelayMs !== undefined) {
        nextWatermarkMs = Math.max(nextWatermarkMs, maxEventTimeMs - plan.watermarkDelayMs);
      }
    }
    const inputRows = read.partitions.reduce((total, { rowCount }) => total + rowCount, 0);
    return { run, nextWatermarkMs, inputRows };
  }

  #committed(entry: OffsetEntry, end: Offsets, counters: CommitEntry): void {
    this.#pending = undefined;
    this.#batchId++;
    this.#committedEnd = end;
    this.#counters = counters;
    this.#previousWatermarkMs = entry.batchWatermarkMs;
    this.#watermarkMs = counters.nextBatchWatermarkMs;
  }
}

async function requireReadable(source: BatchSource, from: Offsets): Promise<void> {
  const [earliest, latest] = await Promise.all([source.earliestOffsets(), source.latestOffsets()]);
  if (earliest.length !== from.length) {
    throw microBatchErrors.error('MICRO_BATCH_PARTITIONS_CHANGED', {
      topic: source.name,
      present: earliest.length,
      logged: from.length,
    });
  }
  for (const [partition, wanted] of from.entries()) {
    const [first, end] = [earliest[partition] as number, latest[partition] as number];
    if (wanted < first || wanted > end) {
      throw microBatchErrors.error('MICRO_BATCH_OFFSETS_LOST', {
        topic: source.name,
        partition,
        wanted,
        available: wanted < first ? first : end,
      });
    }
  }
}
