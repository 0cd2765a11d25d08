export { CheckpointCount } from './checkpoint-count.ts';
export { JobSight } from './job-sight.ts';
export { type Activity, allocateCells, CELL } from './slot-cells.ts';
export { SlotMeter } from './slot-meter.ts';
