import type { Clock } from '../../pipeline/index.ts';
import { nextTriggerMs } from './trigger-grid.ts';

/** What the loop drives. */
export interface LoopedExecution<Progress, End> {
  /** Takes no data from `until` on. Resolves with undefined when there was nothing to do. */
  runBatch(until?: End): Promise<Progress | undefined>;
  endOffsets(): Promise<End>;
  maintain(): Promise<void>;
}

export interface BatchLoopOptions<Progress, End> {
  readonly execution: LoopedExecution<Progress, End>;
  readonly clock: Clock;
  /** 0: batches back to back. */
  readonly intervalMs: number;
  /**
   * Back to back and nothing to do: the first wait, doubled up to the last (Spark's pollingDelay is a constant 10
   * ms).
   */
  readonly idlePollMs: number;
  readonly idlePollMaxMs: number;
  readonly onBatch: (progress: Progress) => void;
}

type Wish = 'run' | 'end' | 'drain';

/** Runs batches on the trigger's grid until told to stop. */
export class BatchLoop<Progress, End> {
  /** Rejects when a batch failed; never resolves. */
  readonly failed: Promise<never>;
  readonly #options: BatchLoopOptions<Progress, End>;
  readonly #failure = Promise.withResolvers<never>();
  readonly #ended = Promise.withResolvers<void>();
  #wish: Wish = 'run';
  #wake: () => void = () => {};

  constructor(options: BatchLoopOptions<Progress, End>) {
    this.#options = options;
    this.failed = this.#failure.promise;
    this.failed.catch(() => {});
    this.#ended.promise.catch(() => {});
    this.#run().then(this.#ended.resolve, (error) => {
      this.#failure.reject(error);
      this.#ended.reject(error);
    });
  }

  /** Ends after the batch under way; with `drain` after there is nothing left to do. Rejects if a batch fails. */
  stop(drain: boolean): Promise<void> {
    if (this.#wish !== 'end') this.#wish = drain ? 'drain' : 'end';
    this.#wake();
    return this.#ended.promise;
  }

  async #run(): Promise<void> {
    const { clock, intervalMs, idlePollMs, idlePollMaxMs } = this.#options;
    let idleWaitMs = idlePollMs;
    while (this.#wish === 'run') {
      const dueMs = nextTriggerMs(clock.nowMs(), intervalMs);
      const ran = await this.#runBatch();
      idleWaitMs = ran ? idlePollMs : Math.min(idleWaitMs * 2, idlePollMaxMs);
      if (intervalMs > 0) await this.#waitUntil(dueMs);
      else if (!ran) await this.#wait(idleWaitMs);
    }
    if (this.#wish === 'drain') {
      // Off the grid, up to where the inputs end now, then what a moved watermark still closes.
      const until = await this.#options.execution.endOffsets();
      while (await this.#runBatch(until));
    }
  }

  async #runBatch(until?: End): Promise<boolean> {
    const progress = await this.#options.execution.runBatch(until);
    if (progress === undefined) return false;
    this.#options.onBatch(progress);
    await this.#options.execution.maintain();
    return true;
  }

  /** A timer may end a fraction of a millisecond early, and a batch begun then would be followed by one that is due at once. */
  async #waitUntil(dueMs: number): Promise<void> {
    const { clock } = this.#options;
    while (this.#wish === 'run' && clock.nowMs() < dueMs) await this.#wait(dueMs - clock.nowMs());
  }

  async #wait(milliseconds: number): Promise<void> {
    if (milliseconds <= 0 || this.#wish !== 'run') return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
