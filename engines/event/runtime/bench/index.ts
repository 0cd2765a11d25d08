export type { SlotLook } from './bench-messages.ts';
export { BENCH_PARTITIONS, SlotGroup } from './slot-group.ts';
