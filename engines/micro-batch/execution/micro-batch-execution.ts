import {
  type BatchJournal,
  type CommitEntry,
  type CountingFileStore,
  countBytes,
  type OffsetEntry,
  readQueryId,
} from '../log/index.ts';
import { type BatchProgress, PhaseTimer, type QueryIdentity } from '../progress/index.ts';
import type { StateStoreFactory } from '../state/index.ts';
import { type Intake, recordsBetween } from '../trigger/index.ts';
import { BatchIntake } from './batch-intake.ts';
import { type BatchTasks, inlineTasks, type TaskOutput } from './batch-tasks.ts';
import { type ExecutionOptions, UNNAMED_QUERY } from './execution-options.ts';
import { makeOperator } from './make-operator.ts';
import { formatOffsets, parseSequence } from './offset-text.ts';
import type { Operator } from './operator.ts';
import type { OffsetSequence, Offsets } from './ports.ts';
import { type LoggedBatch, reportBatch } from './report-batch.ts';
import { type RestorePoint, readRestorePoint } from './restore-point.ts';
import {
  asyncMark,
  openJournalOf,
  requireReadable,
  requireSame,
  watermarkNodesOf,
  watermarkPolicyOf,
} from './restored-settings.ts';
import { WatermarkTracker } from './watermark-tracker.ts';

/**
 * Runs a plan batch by batch, after MicroBatchExecution of Spark. Order of a batch (semantics B10): offsets logged,
 * range read, plan run, state committed, sink written, commit logged. Whatever the instant of a crash, an execution
 * restored from the same files goes on as if it had not happened, but for rows that a sink may hold twice.
 *
 * An execution whose `runBatch` rejected must not be used again: restore another.
 */
export class MicroBatchExecution {
  readonly #options: ExecutionOptions;
  readonly #tasks: BatchTasks;
  readonly #files: CountingFileStore;
  readonly #journal: BatchJournal<OffsetSequence>;
  readonly #stores: StateStoreFactory;
  readonly #operator: Operator;
  readonly #conf: Readonly<Record<string, string>>;
  readonly #query: QueryIdentity;
  readonly #intake: BatchIntake;
  readonly #watermarks: WatermarkTracker;
  #batchId: number;
  #pending: OffsetEntry | undefined;
  #committedEnd: OffsetSequence;
  #positions: OffsetSequence;
  readonly #restoredEnd: OffsetSequence;
  #previousWatermarkMs: number;
  #watermarkMs: number;
  #counters: CommitEntry;
  #previousStartMs: number | undefined;

  /** Finds out from the files where to go on. */
  static async restore(options: ExecutionOptions): Promise<MicroBatchExecution> {
    const files = countBytes(options.files);
    const journal = openJournalOf(files, options);
    const { name, sinkDescription, newId } = options.query ?? UNNAMED_QUERY;
    const id = await readQueryId(files, newId);
    const query = { id, runId: newId(), name, sinkDescription };
    const point = await readRestorePoint(files, journal, options.sources);
    requireSame(point.conf, options.fixed);
    await Promise.all(
      options.sources.map((source, index) => requireReadable(source, point.committedEnd[index] as Offsets)),
    );
    return new MicroBatchExecution(options, files, journal, query, point);
  }

  private constructor(
    options: ExecutionOptions,
    files: CountingFileStore,
    journal: BatchJournal<OffsetSequence>,
    query: QueryIdentity,
    point: RestorePoint,
  ) {
    this.#options = options;
    this.#tasks = options.tasks ?? inlineTasks(options.plan, options.sources);
    this.#files = files;
    this.#journal = journal;
    this.#query = query;
    const { maxRecordsPerBatch, minRecordsPerBatch = 0, maxTriggerDelayMs = 0 } = options.settings;
    this.#intake = new BatchIntake(options.sources, {
      maxRecords: maxRecordsPerBatch,
      minRecords: minRecordsPerBatch,
      maxDelayMs: maxTriggerDelayMs,
    });
    // Keys lie where the number of state partitions put them, so the logged number outlives a changed setting, as in Spark.
    const statePartitions = Number(point.conf?.statePartitions ?? options.settings.statePartitions);
    const watermarkPolicy = watermarkPolicyOf(point.conf, options.settings);
    this.#conf = {
      ...options.fixed,
      statePartitions: String(statePartitions),
      watermarkPolicy,
      ...asyncMark(options.settings),
    };
    this.#watermarks = new WatermarkTracker(watermarkPolicy, watermarkNodesOf(options.plan));
    this.#stores = options.openStores(files);
    const operator = makeOperator(options.plan.operator, this.#stores, statePartitions);
    this.#operator = options.changeOperator?.(operator) ?? operator;
    this.#batchId = point.nextBatchId;
    this.#pending = point.pending;
    this.#committedEnd = point.committedEnd;
    this.#restoredEnd = point.committedEnd;
    this.#positions = point.committedEnd;
    this.#previousWatermarkMs = point.previousWatermarkMs;
    this.#watermarkMs = point.watermarkMs;
    this.#counters = point.counters;
  }

  /** Next offset to read of each partition of all sources: the end of the last batch that was begun. */
  get positions(): Offsets {
    return this.#positions.flat();
  }

  /** End of the last batch that no restart repeats. */
  get committedEnd(): Offsets {
    return (this.#journal.durableEnd ?? this.#restoredEnd).flat();
  }

  /** What the next batch runs with; null if the plan has no watermark or it has none yet. */
  get watermarkMs(): number | null {
    return !this.#hasWatermark || this.#watermarkMs === 0 ? null : this.#watermarkMs;
  }

  /** Sums over all committed batches. */
  get counters(): CommitEntry {
    return this.#counters;
  }

  /**
   * Runs the next batch if there is one: the one to repeat after a crash, one with data, or one that only moves the
   * watermark.
   *
   * @param intake what it may take of the input
   */
  async runBatch(intake: Intake<OffsetSequence> = LATEST): Promise<BatchProgress | undefined> {
    const { clock, sources, sink, onStep } = this.#options;
    const timer = new PhaseTimer(clock);
    const next = await this.#nextBatch(intake, timer);
    if (next === undefined) {
      await this.#journal.rest();
      return undefined;
    }
    const { entry, latest, admissions } = next;
    const batchId = this.#batchId;
    const from = this.#committedEnd;
    const end = parseSequence(sources, entry.sources);
    this.#positions = end;
    const read = await timer.measure('read', () =>
      this.#tasks.run(
        sources.map((_, index) => ({ from: from[index] as Offsets, to: end[index] as Offsets })),
      ),
    );
    const { run, nextWatermarkMs, stepped } = await timer.measure('aggregate', () =>
      this.#compute(batchId, entry, read),
    );
    onStep?.('checkpoint');
    await timer.measure('stateCommit', () => run.commit());
    const { rows, lateRows = [], metrics } = run;
    const deadLetters = read.map((batch) => batch.deadLetters);
    onStep?.('commit');
    await timer.measure('sink', () => sink.addBatch({ batchId, end, rows, lateRows, deadLetters }));
    const counters: CommitEntry = {
      nextBatchWatermarkMs: nextWatermarkMs,
      lateRecords: this.#counters.lateRecords + metrics.lateRecords,
      lateRowsSparkCount: this.#counters.lateRowsSparkCount + metrics.lateRowsSparkCount,
      deadLetters: this.#counters.deadLetters + deadLetters.flat().length,
    };
    await timer.measure('commitLog', () => this.#journal.commit(batchId, counters, end));
    this.#committed(entry, end, counters);
    const previousStartMs = this.#previousStartMs;
    this.#previousStartMs = timer.startedAtMs;
    return reportBatch({
      query: this.#query,
      operator: this.#options.plan.operator,
      statePartitions: Number(this.#conf.statePartitions),
      batchId,
      timer,
      previousStartMs,
      sources,
      from,
      end,
      latest: latest ?? end,
      admissions,
      read,
      stepped,
      watermarkMs: this.#hasWatermark ? entry.batchWatermarkMs : null,
      metrics,
      outputRows: rows.length + lateRows.length,
      bytesWritten: this.#files.takeBytes(),
    });
  }

  /** Where the input ends now. */
  endOffsets(): Promise<OffsetSequence> {
    return Promise.all(this.#options.sources.map((source) => source.latestOffsets()));
  }

  /**
   * From when on there is a batch to run without input: at once one to repeat or one that a moved watermark asks for, at its time one for timers;
   * infinity: none. Milliseconds of the clock.
   */
  get dueWithoutInputMs(): number {
    if (this.#pending !== undefined) return Number.NEGATIVE_INFINITY;
    if (!this.#options.settings.noDataBatches) return Number.POSITIVE_INFINITY;
    const { wantsNoDataBatches, nextProcessingTimeMs = Number.POSITIVE_INFINITY } = this.#operator;
    const isMoved = wantsNoDataBatches && this.#watermarkMs > this.#previousWatermarkMs;
    return isMoved ? Number.NEGATIVE_INFINITY : nextProcessingTimeMs;
  }

  /**
   * Fetches ahead unless more than `records` are at hand that no batch has taken; resolves with how many are, as soon as something has come from a
   * source, or after `maxWaitMs`.
   */
  gather(records: number, maxWaitMs: number): Promise<number> {
    return this.#intake.gather(this.#committedEnd, records, maxWaitMs);
  }

  /** Snapshots, and removal of logs and state that no restart needs: between two batches. */
  async maintain(): Promise<void> {
    const oldestBatch = this.#batchId - this.#options.settings.retainedBatches;
    await this.#operator.maintain(Math.max(0, oldestBatch));
    if (oldestBatch > 0) {
      await this.#journal.purgeBelow(oldestBatch);
    }
  }

  /** Between two batches, or after one that failed. */
  async close(): Promise<void> {
    await this.#journal.close();
    await this.#stores.close();
  }

  /** The batch to run, logged, and where the inputs end unless it is run again; undefined if there is nothing to do. */
  async #nextBatch(intake: Intake<OffsetSequence>, timer: PhaseTimer): Promise<LoggedBatch | undefined> {
    if (this.#pending !== undefined) return { entry: this.#pending, admissions: [] };
    const { sources, clock } = this.#options;
    const { ranges, available } = await timer.measure('latestOffset', () =>
      this.#intake.decide(intake, this.#committedEnd, clock.nowMs()),
    );
    const to = ranges.map((range) => range.to);
    const hasData = to.some((ends, index) => recordsBetween(this.#committedEnd[index] as Offsets, ends) > 0);
    // Up to a fixed end, only what was due before the first batch: what the clock goes on bringing has no end.
    const dueByMs = intake.kind === 'until' ? Number.NEGATIVE_INFINITY : clock.nowMs();
    if (!hasData && this.dueWithoutInputMs > dueByMs) return undefined;
    const entry: OffsetEntry = {
      batchWatermarkMs: this.#watermarkMs,
      batchTimestampMs: clock.nowMs(),
      conf: this.#conf,
      sources: sources.map(({ name }, index) => formatOffsets(name, to[index] as Offsets)),
    };
    await timer.measure('walCommit', () => this.#journal.begin(this.#batchId, entry));
    return { entry, latest: available, admissions: ranges.map(({ admission }) => admission) };
  }

  async #compute(batchId: number, entry: OffsetEntry, read: readonly TaskOutput[]) {
    const { plan } = this.#options;
    const inputs = plan.sources.map((source, index) => ({
      source,
      stepped: (read[index] as TaskOutput).partitions,
    }));
    const run = await this.#operator.run({
      version: batchId,
      inputs: inputs.map(({ stepped }) => stepped.map(({ batch }) => batch)),
      watermarks: { lateMs: this.#previousWatermarkMs, currentMs: entry.batchWatermarkMs },
      timestampMs: entry.batchTimestampMs,
    });
    for (const { source, stepped } of inputs) {
      for (const { eventTimes } of stepped) {
        if (eventTimes !== undefined && source.watermarkDelayMs !== undefined) {
          const watermarkMs = eventTimes.maximumMs - source.watermarkDelayMs;
          this.#watermarks.advance(source.watermarkNode ?? 0, watermarkMs);
        }
      }
    }
    const nextWatermarkMs = this.#watermarks.next(entry.batchWatermarkMs);
    return { run, nextWatermarkMs, stepped: inputs.flatMap((input) => input.stepped) };
  }

  get #hasWatermark(): boolean {
    return this.#options.plan.sources.some(({ watermarkDelayMs }) => watermarkDelayMs !== undefined);
  }

  #committed(entry: OffsetEntry, end: OffsetSequence, counters: CommitEntry): void {
    this.#pending = undefined;
    this.#batchId++;
    this.#committedEnd = end;
    this.#counters = counters;
    this.#previousWatermarkMs = entry.batchWatermarkMs;
    this.#watermarkMs = counters.nextBatchWatermarkMs;
  }
}

const LATEST: Intake<OffsetSequence> = { kind: 'latest' };
