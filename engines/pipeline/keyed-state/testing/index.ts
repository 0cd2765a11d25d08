export { describeExpiryContract } from './expiry-contract.ts';
export { describeKeyedStateContract } from './keyed-state-contract.ts';
export type * from './states-under-test.ts';
