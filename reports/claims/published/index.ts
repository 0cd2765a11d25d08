import type { Claim } from '../claim.ts';
import { G5 } from './g05-interval-is-a-floor.ts';

/** Every published claim, in the order of their numbers. */
export const CLAIMS: readonly Claim[] = [G5];
