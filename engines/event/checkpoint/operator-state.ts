import { z } from 'zod';
import { pendingStateSchema } from '../async-io/index.ts';
import { broadcastStateSchema } from '../two-input/index.ts';

/** What a slot's operators keep that has no key. */
export const operatorStateSchema = z.object({
  broadcast: broadcastStateSchema,
  /** Of each asyncMap, in the order of the job's sources and of their nodes. */
  pending: z.array(pendingStateSchema),
});

export type OperatorState = z.infer<typeof operatorStateSchema>;
