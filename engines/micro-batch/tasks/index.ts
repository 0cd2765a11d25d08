export { openSources } from './open-sources.ts';
export { startTaskThreads } from './task-threads.ts';
