import { BatchPace } from './batch-pace.ts';
import type { Intake, Trigger } from './trigger.ts';
import type { TriggerClock } from './trigger-clock.ts';
import { nextTriggerMs } from './trigger-grid.ts';

/** While input gathers, how often what has come is fetched: each fetch costs the broker and the engine the same however little it brings. */
const GATHER_STEP_MS = 5;

/** What the loop drives. */
export interface LoopedExecution<Progress, End> {
  /** Resolves with undefined when there was nothing to do. */
  runBatch(intake: Intake<End>): Promise<Progress | undefined>;
  /** Where the inputs end now. */
  endOffsets(): Promise<End>;
  /**
   * From when on a batch is to be run even if no input comes: one that a crash cut off, or one that a moved watermark or a timer asks for. Infinity:
   * none.
   */
  readonly dueWithoutInputMs: number;
  /**
   * Fetches until more than `records` have arrived that no batch has taken, or the time is up. Resolves with how many there are then. A call while
   * another is under way waits for that one.
   */
  gather(records: number, maxWaitMs: number): Promise<number>;
  maintain(): Promise<void>;
}

/** What the trigger had to do with a batch. */
export interface BatchTiming {
  /** How long the input gathered after there was some; 0 but in low-latency mode. */
  readonly lingeredMs: number;
  /** It took longer than the interval of the trigger, so the next one is late (ProcessingTimeExecutor.notifyBatchFallingBehind of Spark). */
  readonly isFallingBehind: boolean;
}

export interface BatchLoopOptions<Progress, End> {
  readonly execution: LoopedExecution<Progress, End>;
  readonly clock: TriggerClock;
  readonly trigger: Trigger;
  /**
   * Interval 0 and nothing to do: the first wait, doubled up to the last (Spark's pollingDelay is a constant 10
   * ms).
   */
  readonly idlePollMs: number;
  readonly idlePollMaxMs: number;
  readonly onBatch: (progress: Progress, timing: BatchTiming) => void;
}

type Wish = 'run' | 'end' | 'drain';

/** Runs batches as the trigger says until told to stop, or until the trigger itself is at its end. */
export class BatchLoop<Progress, End> {
  /** Rejects when a batch failed; never resolves. */
  readonly failed: Promise<never>;
  /** Resolves when the trigger has come to its end and nobody had asked for that; never otherwise. */
  readonly finished: Promise<void>;
  readonly #options: BatchLoopOptions<Progress, End>;
  readonly #failure = Promise.withResolvers<never>();
  readonly #finish = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  readonly #stopping = new AbortController();
  #wish: Wish = 'run';

  constructor(options: BatchLoopOptions<Progress, End>) {
    this.#options = options;
    this.failed = this.#failure.promise;
    this.finished = this.#finish.promise;
    this.failed.catch(() => {});
    this.#ended.promise.catch(() => {});
    this.#run().then(
      () => {
        if (this.#wish === 'run') this.#finish.resolve();
        this.#ended.resolve();
      },
      (error) => {
        this.#failure.reject(error);
        this.#ended.reject(error);
      },
    );
  }

  /**
   * Ends after the batch under way; with `drain` after there is nothing left to do. Rejects if a batch fails. Once the trigger has come to its end
   * there is nothing to drain any more.
   */
  stop(drain: boolean): Promise<void> {
    if (this.#wish !== 'end') this.#wish = drain ? 'drain' : 'end';
    this.#stopping.abort();
    return this.#ended.promise;
  }

  async #run(): Promise<void> {
    const { trigger } = this.#options;
    switch (trigger.kind) {
      case 'processing-time':
        await this.#runOnGrid(trigger.intervalMs);
        break;
      case 'low-latency':
        await this.#runWithInput(trigger);
        break;
      case 'available-now':
        await this.#runUntil(await this.#options.execution.endOffsets());
        break;
      case 'once':
        await this.#runBatch({ kind: 'all' });
        break;
    }
    // Off the trigger, up to where the inputs end now, then what a moved watermark still closes.
    if (this.#wish === 'drain') await this.#runUntil(await this.#options.execution.endOffsets());
  }

  async #runOnGrid(intervalMs: number): Promise<void> {
    const { clock, idlePollMs, idlePollMaxMs } = this.#options;
    const { signal } = this.#stopping;
    let idleWaitMs = idlePollMs;
    while (this.#wish === 'run') {
      const dueMs = nextTriggerMs(clock.nowMs(), intervalMs);
      const ran = await this.#runBatch({ kind: 'latest' }, { intervalMs });
      idleWaitMs = ran ? idlePollMs : Math.min(idleWaitMs * 2, idlePollMaxMs);
      if (intervalMs > 0) await clock.waitUntil(dueMs, signal);
      else if (!ran) await clock.waitUntil(clock.nowMs() + idleWaitMs, signal);
    }
  }

  async #runWithInput(trigger: Trigger & { readonly kind: 'low-latency' }): Promise<void> {
    const { clock, execution } = this.#options;
    const pace = new BatchPace(trigger.targetLatencyMs);
    let endedMs = Number.NEGATIVE_INFINITY;
    while (this.#wish === 'run') {
      const { lingerMs } = pace;
      const untilDueMs = Math.max(lingerMs, execution.dueWithoutInputMs - clock.nowMs());
      let arrived = await this.#gather(0, Math.min(trigger.maxWaitMs, untilDueMs));
      const fromMs = clock.nowMs();
      const dueMs = endedMs + lingerMs;
      while (
        arrived > 0 &&
        arrived < trigger.lingerRecords &&
        clock.nowMs() < dueMs &&
        this.#wish === 'run'
      ) {
        await clock.waitUntil(Math.min(dueMs, clock.nowMs() + GATHER_STEP_MS), this.#stopping.signal);
        arrived = await this.#gather(arrived, 0);
      }
      if (this.#wish !== 'run') break;
      const startedMs = clock.nowMs();
      if (await this.#runBatch({ kind: 'arrived' }, { lingeredMs: startedMs - fromMs })) {
        endedMs = clock.nowMs();
        pace.took(endedMs - startedMs);
      }
    }
  }

  async #runUntil(end: End): Promise<void> {
    while (this.#wish !== 'end' && (await this.#runBatch({ kind: 'until', end })));
  }

  async #runBatch(
    intake: Intake<End>,
    { intervalMs = 0, lingeredMs = 0 }: { readonly intervalMs?: number; readonly lingeredMs?: number } = {},
  ): Promise<boolean> {
    const { clock, execution, onBatch } = this.#options;
    const startedMs = clock.nowMs();
    const progress = await execution.runBatch(intake);
    if (progress === undefined) return false;
    onBatch(progress, {
      lingeredMs,
      isFallingBehind: intervalMs > 0 && clock.nowMs() - startedMs > intervalMs,
    });
    await execution.maintain();
    return true;
  }

  /** A stop does not wait for a fetch that may find nothing for long. */
  async #gather(records: number, maxWaitMs: number): Promise<number> {
    const { signal } = this.#stopping;
    if (signal.aborted) return 0;
    const gathered = this.#options.execution.gather(records, maxWaitMs);
    // Where a stop was faster, the close of the source ends it.
    gathered.catch(() => {});
    const stopped = Promise.withResolvers<number>();
    const stop = (): void => stopped.resolve(0);
    signal.addEventListener('abort', stop);
    try {
      return await Promise.race([gathered, stopped.promise]);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
