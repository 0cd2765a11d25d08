export type { SlotLook } from './bench-messages.ts';
export { fusedChainCpuUs } from './fused-chain.ts';
export { BENCH_PARTITIONS, SlotGroup } from './slot-group.ts';
