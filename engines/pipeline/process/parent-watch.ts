import { Worker } from 'node:worker_threads';

/** Plain JavaScript text: a worker of its own file would load the type stripper a second time, which costs memory and start-up. */
const WATCH = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  if (process.ppid !== workerData.parentId) process.kill(process.pid, 'SIGKILL');
}, workerData.intervalMs);
`;

/**
 * Ends this process when its parent is gone, whatever the main thread and the workers are doing: a thread of its own looks whether
 * the parent's id has changed. The closing of the IPC channel says the same sooner, but only a main thread that is free hears it.
 * The thread takes about 19 MB, in the processes of all embedded engines alike.
 */
export function watchParent(): void {
  const watch = new Worker(WATCH, {
    eval: true,
    workerData: { parentId: process.ppid, intervalMs: 250 },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  });
  watch.unref();
}
