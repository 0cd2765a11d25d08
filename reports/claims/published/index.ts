import type { Claim } from '../claim.ts';
import { G1 } from './g01-default-latency.ts';
import { G2 } from './g02-tuned-latency.ts';
import { G3 } from './g03-throughput-latency.ts';
import { G4 } from './g04-minimum-latency.ts';
import { G5 } from './g05-interval-is-a-floor.ts';
import { G6 } from './g06-throughput-ceiling.ts';
import { G7 } from './g07-payments.ts';
import { G8 } from './g08-external-state-crossings.ts';
import { G9 } from './g09-checkpoints-recover-predictably.ts';
import { G10 } from './g10-tight-checkpoints.ts';
import { G11 } from './g11-log-of-each-batch.ts';
import { G12 } from './g12-late-data.ts';
import { G13 } from './g13-kinds-of-windows.ts';
import { G14 } from './g14-rocksdb.ts';
import { G15 } from './g15-event-patterns.ts';
import { G16 } from './g16-exactly-once-end-to-end.ts';

/** Every published claim, in the order of their numbers. */
export const CLAIMS: readonly Claim[] = [
  G1,
  G2,
  G3,
  G4,
  G5,
  G6,
  G7,
  G8,
  G9,
  G10,
  G11,
  G12,
  G13,
  G14,
  G15,
  G16,
];
