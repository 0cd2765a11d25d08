import type { Clock } from '../../pipeline/index.ts';

/** A clock that can be waited on. */
export interface TriggerClock extends Clock {
  /** Resolves once `nowMs()` has reached `dueMs`, or with the signal's abort: it never rejects. */
  waitUntil(dueMs: number, signal: AbortSignal): Promise<void>;
}

/** Waits on the timers of Node for a clock that runs by itself. */
export function withTimers(clock: Clock): TriggerClock {
  return {
    nowMs: () => clock.nowMs(),
    monotonicNs: () => clock.monotonicNs(),
    async waitUntil(dueMs, signal) {
      // A timer may end a fraction of a millisecond early, and a batch begun then would be followed by one that is due at once.
      while (!signal.aborted && clock.nowMs() < dueMs) await pause(dueMs - clock.nowMs(), signal);
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
