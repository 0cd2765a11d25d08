import type { Kill } from '../model/index.ts';

/** The phases of a recovery in their order, with the instant that ends each, milliseconds from the kill. */
export const PHASES = [
  ['detected', (kill: Kill) => kill.detectedMs],
  ['restarted', (kill: Kill) => kill.restartedMs],
  ['restored', (kill: Kill) => kill.restoredMs],
  ['first output', (kill: Kill) => kill.firstOutputMs],
  ['caught up', (kill: Kill) => kill.caughtUpMs],
] as const;
