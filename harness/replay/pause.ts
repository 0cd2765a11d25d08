import { setImmediate, setTimeout } from 'node:timers/promises';

/** Timers of the event loop are a millisecond late at times; above this a timer does the coarse part. */
const COARSE_MS = 3;
/** A command that comes meanwhile is seen after this at the latest. */
const LONGEST_MS = 50;
const neverWoken = new Int32Array(new SharedArrayBuffer(4));

/**
 * Sleeps, for fractions of a millisecond too but never beyond 50 ms, and then lets the event loop turn once. A timer wakes no more
 * often than each millisecond, so the last part is a wait of the whole thread: no spinning, and sockets are served between two waits.
 */
export async function pause(ms: number): Promise<void> {
  if (ms > COARSE_MS) return setTimeout(Math.min(LONGEST_MS, Math.floor(ms) - 1));
  Atomics.wait(neverWoken, 0, 0, ms);
  return setImmediate();
}
