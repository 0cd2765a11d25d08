import { enableCompileCache } from 'node:module';
import { type MessagePort, parentPort } from 'node:worker_threads';

// A worker does not take the compile cache over from its process, and reads it for what is imported after this call.
enableCompileCache();
const { runTaskThread } = await import('./run-task-thread.ts');

runTaskThread(parentPort as MessagePort);
