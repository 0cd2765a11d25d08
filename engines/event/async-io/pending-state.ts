import { z } from 'zod';

/** What an asyncMap keeps of its queue in a checkpoint, as JSON. */
export const pendingStateSchema = z.array(
  z.union([
    z.object({
      row: z.record(z.string(), z.union([z.string(), z.number()])),
      timestampMs: z.number(),
      /** The bytes of the input record in base64, where they may still go to an output of late records. */
      raw: z.string().optional(),
      partition: z.int().nonnegative(),
    }),
    z.object({ watermarkMs: z.number() }),
  ]),
);

export type PendingState = z.infer<typeof pendingStateSchema>;
