import type { Experiment } from '../experiment.ts';
import { TRIGGER_500 } from './trigger-500.ts';

export { TRIGGER_500 };

/** In the order in which they run: what most claims need first. */
export const EXPERIMENTS: readonly Experiment[] = [TRIGGER_500];
