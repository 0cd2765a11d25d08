import { enableCompileCache, flushCompileCache } from 'node:module';
import { type MessagePort, parentPort } from 'node:worker_threads';

// As in the engine's main thread: compiled code of the run before, hence the late import.
enableCompileCache();
const { runSlot } = await import('./run-slot.ts');

runSlot(parentPort as MessagePort, () => setImmediate(flushCompileCache));
