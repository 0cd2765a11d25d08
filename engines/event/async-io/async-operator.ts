import type { AsyncMapNode, Row } from '../../pipeline/index.ts';
import type { RawRecord } from '../exchange/index.ts';
import type { WatermarkOutput, WatermarkStatus } from '../time/index.ts';
import { callWithRetry } from './async-call.ts';
import { OrderedQueue } from './ordered-queue.ts';
import type { PendingControl, PendingQueue, PendingRow } from './pending-queue.ts';
import type { PendingState } from './pending-state.ts';
import { UnorderedQueue } from './unordered-queue.ts';

/** What follows an asyncMap. */
interface AsyncDownstream extends WatermarkOutput {
  /** No row may be given. */
  readonly blocked: boolean;
  row(row: Row, timestampMs: number, raw: RawRecord | undefined, partition: number): void;
}

export interface AsyncOperatorOptions {
  readonly node: AsyncMapNode;
  /** Whether the bytes of the input records are kept in checkpoints. */
  readonly withRaw: boolean;
  readonly downstream: AsyncDownstream;
  /** Some results are there: `drain` may have something to do. */
  readonly onResult: () => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * One asyncMap of one source in one slot (Flink's AsyncWaitOperator). Rows leave with the time of the row that they follow from, in the order
 * that the node asks for; watermarks keep their place. What is inside at a barrier is part of the checkpoint, and its calls are made
 * again after a restart. It gives nothing to what follows on its own account: only in `drain`, or at once where nothing is inside.
 */
export class AsyncOperator {
  readonly #options: AsyncOperatorOptions;
  readonly #queue: PendingQueue;
  /** Rows inside whose calls have not been made, after a restore of more than the capacity. */
  readonly #unasked: PendingRow[] = [];
  readonly #stop = new AbortController();
  #calls = 0;

  constructor(options: AsyncOperatorOptions) {
    this.#options = options;
    this.#queue = options.node.order === 'ordered' ? new OrderedQueue() : new UnorderedQueue();
  }

  /** No further row may be given. */
  get full(): boolean {
    return this.#queue.rows >= this.#options.node.capacity;
  }

  get isEmpty(): boolean {
    return this.#queue.isEmpty;
  }

  /** @param raw valid during the call only, but for its buffer */
  element(row: Row, timestampMs: number, raw: RawRecord | undefined, partition: number): void {
    const kept = this.#options.withRaw ? raw && { ...raw } : undefined;
    const entry: PendingRow = { kind: 'row', row, timestampMs, raw: kept, partition, results: undefined };
    this.#queue.add(entry);
    this.#ask(entry);
  }

  watermark(watermarkMs: number): void {
    this.#control({ kind: 'watermark', watermarkMs });
  }

  status(status: WatermarkStatus): void {
    this.#control({ kind: 'status', status });
  }

  /** Gives on what may leave, as far as what follows takes it. */
  drain(): void {
    const { downstream } = this.#options;
    while (!downstream.blocked && !this.#stop.signal.aborted) {
      const entry = this.#queue.take();
      if (entry === undefined) return;
      if (entry.kind === 'row') {
        for (const result of entry.results as readonly Row[]) {
          downstream.row(result, entry.timestampMs, entry.raw, entry.partition);
        }
      } else {
        this.#pass(entry);
      }
    }
  }

  /** What is inside now. */
  pending(): PendingState {
    const state: PendingState = [];
    for (const entry of this.#queue.entries()) {
      if (entry.kind === 'row') {
        const { row, timestampMs, raw, partition } = entry;
        const bytes = raw?.buffer.toString('base64', raw.start, raw.end);
        state.push({ row, timestampMs, partition, ...(bytes === undefined ? {} : { raw: bytes }) });
      } else if (entry.kind === 'watermark') {
        state.push({ watermarkMs: entry.watermarkMs });
      }
    }
    return state;
  }

  /** Before anything is given: makes the calls of what was inside. */
  restore(pending: PendingState): void {
    for (const each of pending) {
      if ('watermarkMs' in each) {
        this.watermark(each.watermarkMs);
      } else {
        const buffer = each.raw === undefined ? undefined : Buffer.from(each.raw, 'base64');
        const raw = buffer && { buffer, start: 0, end: buffer.length };
        this.element(each.row, each.timestampMs, raw, each.partition);
      }
    }
  }

  /** Aborts all calls; nothing leaves any more. */
  close(): void {
    this.#stop.abort(new Error('the engine stops'));
  }

  #control(entry: PendingControl): void {
    if (this.#queue.isEmpty) this.#pass(entry);
    else this.#queue.add(entry);
  }

  #pass(entry: PendingControl): void {
    const { downstream } = this.#options;
    if (entry.kind === 'watermark') downstream.emitWatermark(entry.watermarkMs);
    else downstream.emitStatus(entry.status);
  }

  #ask(entry: PendingRow): void {
    const { node, onResult, onFailure } = this.#options;
    if (this.#calls >= node.capacity) {
      this.#unasked.push(entry);
      return;
    }
    this.#calls++;
    callWithRetry(node, entry.row, this.#stop.signal).then(
      (results) => {
        this.#calls--;
        if (this.#stop.signal.aborted) return;
        this.#queue.complete(entry, results);
        const next = this.#unasked.shift();
        if (next !== undefined) this.#ask(next);
        onResult();
      },
      (error: unknown) => {
        if (!this.#stop.signal.aborted) onFailure(error);
      },
    );
  }
}
