import { z } from 'zod';

const offsets = z.record(z.string(), z.record(z.string(), z.number()));

/** Of StreamingQueryProgress what is used here; Spark's own names. */
const queryProgress = z.object({
  batchId: z.int(),
  batchDuration: z.number(),
  numInputRows: z.number(),
  durationMs: z.record(z.string(), z.number()),
  eventTime: z.object({ watermark: z.string().optional() }).optional(),
  stateOperators: z.array(z.object({ numRowsDroppedByWatermark: z.number() })),
  sources: z.array(z.object({ endOffset: offsets.nullable() })),
  sink: z.object({ numOutputRows: z.number() }),
});
export type QueryProgress = z.infer<typeof queryProgress>;

const atNs = z.string().transform(BigInt);

/** What the driver prints, a line each: engines/spark/jobs, class EventLines. */
const driverEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alive'), atNs }),
  z.object({ kind: z.literal('session-opened'), atNs, sparkVersion: z.string() }),
  z.object({ kind: z.literal('query-started'), atNs, query: z.string() }),
  z.object({ kind: z.literal('progress'), atNs, query: z.string(), progress: queryProgress }),
  z.object({ kind: z.literal('idle'), atNs, query: z.string() }),
  z.object({
    kind: z.literal('query-terminated'),
    atNs,
    query: z.string(),
    exception: z.string().optional(),
  }),
  z.object({ kind: z.literal('executor-lost'), atNs, executor: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('executor-added'), atNs, executor: z.string() }),
  z.object({ kind: z.literal('failed'), atNs, message: z.string() }),
  z.object({ kind: z.literal('stopped'), atNs }),
]);
export type DriverEvent = z.infer<typeof driverEvent>;

/**
 * Null for a line that is none of the driver's: the JVM itself writes some warnings to the same stream, and a line that a SIGKILL cut
 * off is no JSON.
 *
 * @throws ZodError for JSON that is no event: driver and harness are of different versions
 */
export function parseDriverEvent(line: string): DriverEvent | null {
  const value = jsonOf(line);
  return value === undefined ? null : driverEvent.parse(value);
}

function jsonOf(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
