import { setFlagsFromString } from 'node:v8';

/** One half of the nursery, megabytes. V8 begins with 1 and then collects every 80 ms at 300,000 records a second. */
const NURSERY_MB = 32;

/**
 * Threads that begin while `start` is under way collect seldom, and no thread of this process waits for helpers when it collects:
 * helpers are ordinary threads, so that on a busy machine a collection of a real-time thread would last until they get a core.
 *
 * V8 takes the first size of a nursery from a flag alone (a worker's resource limits only bound it), and reads it when a thread
 * begins; that nurseries are not collected in parallel is read at each collection, so it stays set.
 */
export async function withCalmCollector<T>(start: () => Promise<T>): Promise<T> {
  setFlagsFromString('--no-parallel-scavenge');
  setFlagsFromString(`--min-semi-space-size=${NURSERY_MB}`);
  try {
    return await start();
  } finally {
    setFlagsFromString('--min-semi-space-size=0');
  }
}
