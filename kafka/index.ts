export { connect } from './connect.ts';
export * from './broker/index.ts';
export { kafkaErrors } from './errors.ts';
export { createInProcessClient, type EmbeddedLog, LogStore, startEmbeddedLog } from './log/index.ts';
export * from './port/index.ts';
