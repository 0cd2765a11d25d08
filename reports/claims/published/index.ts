import type { Claim } from '../claim.ts';
import { G1 } from './g01-default-latency.ts';
import { G2 } from './g02-tuned-latency.ts';
import { G3 } from './g03-throughput-latency.ts';
import { G4 } from './g04-minimum-latency.ts';
import { G5 } from './g05-interval-is-a-floor.ts';
import { G6 } from './g06-throughput-ceiling.ts';
import { G7 } from './g07-payments.ts';

/** Every published claim, in the order of their numbers. */
export const CLAIMS: readonly Claim[] = [G1, G2, G3, G4, G5, G6, G7];
