export { connectEmbeddedLog, createInProcessClient } from './client.ts';
export { LogStore } from './log-store.ts';
export { type EmbeddedLog, startEmbeddedLog } from './server.ts';
