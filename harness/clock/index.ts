export { clockResolutionUs, ownClockResolutionUs } from './resolution.ts';
export { wallClockOffsetMs } from './wall-clock-offset.ts';
