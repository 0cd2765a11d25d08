import { z } from 'zod';
import { METRICS, resultSchema, schemaText } from '../model/index.ts';

const { engine, profile, guarantee, workload, variables } = resultSchema.shape.cells.element.shape;

const resultEntrySchema = z.object({
  /** From the folder that was read. */
  path: z.string(),
  createdAt: z.string(),
  gitCommit: z.string().nullable(),
  gitDirty: z.boolean().nullable(),
  command: z.array(z.string()),
  status: resultSchema.shape.status,
  verdict: z.string(),
  passed: z.boolean(),
  fingerprint: z.string(),
  hasReport: z.boolean(),
});

const changeSchema = z.object({
  /** In the points of its series: the first after the change. */
  index: z.int(),
  before: z.number(),
  after: z.number(),
  /** After over before, less 1; null where before is zero. */
  change: z.number().nullable(),
  p: z.number(),
  meaning: z.enum(['better', 'worse', 'changed']),
  evidence: z.enum(['last point', 'short series', 'enough']),
});

const seriesSchema = z.object({
  workload,
  engine,
  profile,
  guarantee,
  variables,
  ratePerSecond: z.number().nullable(),
  cell: z.string(),
  metric: z.enum(METRICS.map(({ id }) => id)),
  fingerprint: z.string(),
  isSearched: z.boolean(),
  /** `result` is the number of an entry of `results`, from 0. */
  points: z.array(z.object({ result: z.int(), value: z.number(), runs: z.int() })),
  changes: z.array(changeSchema),
});

/** What `renderHistoryJson` writes. */
export const historyDocumentSchema = z.object({
  kind: z.literal('crosscurrent-history'),
  schemaVersion: z.literal(1),
  /** The oldest first. */
  results: z.array(resultEntrySchema),
  series: z.array(seriesSchema),
  skipped: z.array(z.object({ path: z.string(), reason: z.string() })),
});

/** docs/history.schema.json: JSON Schema of a history. */
export function historyJsonSchema(): string {
  return schemaText(historyDocumentSchema);
}
