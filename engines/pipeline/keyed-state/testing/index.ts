export { describeExpiryContract } from './expiry-contract.ts';
export { describeKeyedProcessContract, type KeyedProcessRun } from './keyed-process-contract.ts';
export { describeKeyedStateContract } from './keyed-state-contract.ts';
export type * from './states-under-test.ts';
