import type { TriggerClock } from '../trigger-clock.ts';

interface Waiter {
  readonly dueMs: number;
  readonly resolve: () => void;
}

/** A clock that stands until a test moves it, after StreamManualClock of Spark. */
export class ManualClock implements TriggerClock {
  #nowMs: number;
  #waiters: Waiter[] = [];
  #watchers: { readonly dueMs: number; readonly resolve: () => void }[] = [];

  constructor(startMs = 0) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  monotonicNs(): bigint {
    return BigInt(Math.round(this.#nowMs * 1e6));
  }

  advance(byMs: number): void {
    this.setTime(this.#nowMs + byMs);
  }

  setTime(nowMs: number): void {
    this.#nowMs = nowMs;
    const due = this.#waiters.filter(({ dueMs }) => dueMs <= nowMs);
    this.#waiters = this.#waiters.filter(({ dueMs }) => dueMs > nowMs);
    for (const { resolve } of due) resolve();
  }

  async waitUntil(dueMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || dueMs <= this.#nowMs) return;
    await new Promise<void>((resolve) => {
      this.#waiters.push({ dueMs, resolve });
      signal.addEventListener('abort', () => resolve(), { once: true });
      const seen = this.#watchers.filter((watcher) => watcher.dueMs === dueMs);
      this.#watchers = this.#watchers.filter((watcher) => watcher.dueMs !== dueMs);
      for (const watcher of seen) watcher.resolve();
    });
  }

  /** Resolves when somebody waits for that instant: `isStreamWaitingFor` of Spark. */
  async waitedFor(dueMs: number): Promise<void> {
    if (this.#waiters.some((waiter) => waiter.dueMs === dueMs)) return;
    await new Promise<void>((resolve) => this.#watchers.push({ dueMs, resolve }));
  }
}
