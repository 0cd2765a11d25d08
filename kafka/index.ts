export * from './broker/index.ts';
export { kafkaErrors } from './errors.ts';
export * from './port/index.ts';
