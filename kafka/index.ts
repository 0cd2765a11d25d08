export * from './broker/index.ts';
export { connect } from './connect.ts';
export { createInProcessClient, type EmbeddedLog, startEmbeddedLog } from './log/index.ts';
export * from './port/index.ts';
