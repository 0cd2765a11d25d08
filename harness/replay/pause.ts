import { setImmediate, setTimeout } from 'node:timers/promises';

/** Timers of the event loop are a millisecond late at times; above this a timer does the coarse part. */
const COARSE_MS = 3;
const neverWoken = new Int32Array(new SharedArrayBuffer(4));

/**
 * Sleeps, for fractions of a millisecond too, and then lets the event loop turn once. A timer wakes no more often than each
 * millisecond, so the last part is a wait of the whole thread: no spinning, and sockets are served between two waits.
 */
export async function pause(ms: number): Promise<void> {
  if (ms > COARSE_MS) return setTimeout(Math.floor(ms) - 1);
  if (ms > 0) Atomics.wait(neverWoken, 0, 0, ms);
  return setImmediate();
}
