import { BroadcastChannel } from 'node:worker_threads';
import { threadStartNs } from './system-clock.ts';

/** A stop of one thread for its garbage collector. */
export interface CollectionPause {
  /** Its beginning, monotonic. */
  readonly atNs: bigint;
  readonly durationMs: number;
}

const CHANNEL = 'crosscurrent-collections';

/**
 * Collects the pauses of all threads of this process, for the main thread: its own, and those that other threads tell by
 * `tellCollections`. V8 calls back around each scavenge, full collection and start of incremental marking; steps of incremental marking
 * in between, mostly below a millisecond, are not seen.
 */
export class CollectionWatch {
  #pauses: CollectionPause[] = [];

  constructor() {
    observeCollections((pauses) => this.#pauses.push(...pauses));
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: { readonly data: readonly CollectionPause[] }) => {
      this.#pauses.push(...data);
    };
    channel.unref();
  }

  /** What came in since the last call. */
  take(): readonly CollectionPause[] {
    const taken = this.#pauses;
    this.#pauses = [];
    return taken;
  }
}

/** In a worker thread: tells its pauses to the `CollectionWatch` of the process, several at a time. */
export function tellCollections(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.unref();
  let waiting: CollectionPause[] = [];
  observeCollections((pauses) => {
    if (waiting.length === 0) {
      setTimeout(() => {
        channel.postMessage(waiting);
        waiting = [];
      }, TELL_INTERVAL_MS).unref();
    }
    waiting.push(...pauses);
  });
}

/** A message wakes the main thread, so a slot sends no more of them than there are heartbeats. */
const TELL_INTERVAL_MS = 100;

function observeCollections(onPauses: (pauses: readonly CollectionPause[]) => void): void {
  const originNs = threadStartNs();
  const observer = new PerformanceObserver((list) => {
    onPauses(
      list.getEntries().map(({ startTime, duration: durationMs }) => ({
        atNs: originNs + BigInt(Math.round(startTime * 1e6)),
        durationMs,
      })),
    );
  });
  observer.observe({ entryTypes: ['gc'] });
}
