import { z } from 'zod';
import { ENGINE_NAMES, PROFILE_NAMES, type ProfileName } from '../../engines/pipeline/index.ts';
import { NOISE_MEASURES } from '../noise/index.ts';
import { GUARANTEES, MEASURES } from '../run/index.ts';

/** A list without repetitions, of at least one item. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .min(1)
    .refine((items) => new Set(items.map((one) => JSON.stringify(one))).size === items.length, {
      message: 'an item stands in the list twice',
    });
}

const engine = z.enum(ENGINE_NAMES);

const knobs = z.strictObject({
  partitions: z.int().min(1).max(256).optional(),
  keys: z.int().min(1).optional(),
  skew: z.number().min(0).max(5).optional().describe('Zipf exponent of the keys; 0 is uniform.'),
  disorderShare: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Share of records out of order within the watermark delay.'),
  lateShare: z
    .number()
    .min(0)
    .max(0.5)
    .optional()
    .describe('Share of records that every watermark calls late.'),
  brokenShare: z.number().min(0).max(0.5).optional().describe('Share of records that are no JSON.'),
});

const workload = z
  .union([z.string().min(1), z.strictObject({ workload: z.string().min(1), log: knobs })])
  .describe('A built-in workload, or the path of your own; with `log`, knobs of its log.');

const isBuiltin = (name: string): name is ProfileName => PROFILE_NAMES.some((known) => known === name);

const settings = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const profiles = z
  .record(z.string().min(1).max(40), z.union([z.literal('builtin'), z.partialRecord(engine, settings)]))
  .refine((named) => Object.keys(named).length > 0, { message: 'name at least one profile' })
  .refine((named) => named.default === 'builtin' || Object.keys(named.default ?? {}).length === 0, {
    message: 'the profile "default" is the engines\' own settings: leave it empty ({})',
    path: ['default'],
  })
  .refine((named) => Object.entries(named).every(([name, one]) => one !== 'builtin' || isBuiltin(name)), {
    message: `the profiles that each engine brings are ${PROFILE_NAMES.join(', ')}`,
  })
  .describe(
    `By name: for each engine that runs under the profile, its settings. An engine that a profile leaves out does not run under it. \`default: {}\` is every engine with its own settings. \`${PROFILE_NAMES[1]}: builtin\` is the profile of that name that each engine brings (${PROFILE_NAMES.join(', ')}), for every engine.`,
  );

const seconds = (least: number, most: number) => z.number().min(least).max(most).optional();

const rate = z.number().min(1).max(1_000_000).optional();

const sustain = z
  .strictObject({
    slo: z
      .strictObject({
        percentile: z.union([z.literal(50), z.literal(90), z.literal(99), z.literal(99.9)]),
        limitMs: z.number().positive().max(60_000),
      })
      .optional()
      .describe('At most 100 - percentile % of the inputs may take longer than the limit.'),
    from: rate.describe('Records a second of the first probe.'),
    lowest: rate,
    highest: rate,
    precision: z
      .number()
      .min(0.005)
      .max(1)
      .optional()
      .describe('Share by which the lowest rate that fails may lie above the answer.'),
    confirmations: z.int().min(1).max(20).optional(),
    maximumProbes: z.int().min(1).max(1_000).optional(),
    probeSeconds: seconds(3, 3_600).describe('Measured stretch of a probe.'),
    curve: z.boolean().optional().describe('Whether latency is measured at shares of the answer.'),
  })
  .describe('How the measure `sustain` looks for the sustainable rate.');

/** What a matrix file holds. Lists are multiplied with each other; everything else is the same for all cells. */
export const matrixFileSchema = z
  .strictObject({
    workloads: listOf(workload),
    engines: listOf(engine).default(['event', 'micro-batch']),
    profiles: profiles.default({ default: {} }),
    guarantees: listOf(z.enum(GUARANTEES)).default(['at-least-once']),
    rates: listOf(z.number().min(1).max(1_000_000))
      .default([5_000])
      .describe('Records a second. Measures that need no rate run once, at the first.'),
    measures: listOf(z.enum(MEASURES)).default(['latency', 'drain']),
    repeats: z
      .int()
      .min(1)
      .max(1_000)
      .default(5)
      .describe('Runs of each measure of each cell, in the order A B B A.'),
    attempts: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe('How often a run that is refused as invalid is tried in all.'),
    vary: z
      .array(z.string())
      .default([])
      .describe(
        'Names of settings that differ on purpose, between profiles or between engines: cells that differ in others are not ranked.',
      ),
    own: z
      .array(z.string())
      .default([])
      .describe(
        'Names of settings of which each engine has a value of its own, so that engines are ranked although they differ in it.',
      ),
    noise: z
      .strictObject({
        comparisons: z.int().min(1).max(500).default(20),
        measures: listOf(z.enum(NOISE_MEASURES)).default(['latency', 'drain']),
      })
      .optional()
      .describe(
        'Compares every cell with itself so often, for the noise floor: these measures then have at least two repeats a comparison.',
      ),
    floors: z
      .boolean()
      .default(true)
      .describe('Whether the latency without an engine is measured for each workload and rate.'),
    warmupSeconds: seconds(0, 3_600).describe('Shortest warm-up.'),
    warmupLimitSeconds: seconds(0, 3_600).describe(
      'Longest warm-up of a latency run; it ends when latency is steady.',
    ),
    durationSeconds: seconds(1, 86_400).describe('Measured part of a latency run.'),
    drainEvents: z.int().min(1_000).max(20_000_000).optional().describe('Records of the backlog.'),
    producers: z.int().min(1).max(64).optional().describe('Threads that replay.'),
    kills: z.int().min(1).max(1_000).optional().describe('SIGKILLs of a recovery run.'),
    killGapSeconds: seconds(6, 3_600).describe(
      'From one kill to the next at most; sooner when the pipeline has recovered.',
    ),
    faultTarget: z.enum(['process', 'slot']).optional().describe('What a kill hits.'),
    sustain: sustain.optional(),
    heapMb: z.int().min(128).max(65_536).optional().describe("Heap of an engine's process, MiB."),
    seed: z.int().min(0).max(0xffff_ffff).default(1).describe('Of logs and kill times.'),
  })
  .describe(
    'What `crosscurrent matrix` runs: workloads x guarantees x rates x profiles x engines, each measured repeatedly.',
  );
export type MatrixFile = z.infer<typeof matrixFileSchema>;

/** JSON Schema of a matrix file, for editors; it stands in docs/matrix.schema.json. */
export function matrixJsonSchema(): unknown {
  return z.toJSONSchema(matrixFileSchema, { io: 'input' });
}
