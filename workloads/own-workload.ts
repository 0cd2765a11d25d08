import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { CrosscurrentError } from '../errors/index.ts';
import { workloadErrors } from './errors.ts';
import type { LogSpecification } from './log/index.ts';
import type { Workload } from './workload.ts';

/** Knobs of a log, but for its size and seed. */
type Knobs = Omit<LogSpecification, 'workload' | 'seed' | 'events'>;

/** What a module with one's own workload exports as `workload`. Its name is the path by which it was loaded. */
export interface OwnWorkload
  extends Omit<Workload, 'name' | 'defaults' | 'eventTimeStepMs' | 'dataflowOptions'> {
  /** Knobs that differ from 4 partitions, 1,000 keys, no skew, and shares of 0. */
  readonly defaults?: Partial<Knobs>;
  /** Left out where event time plays no part. */
  readonly eventTimeStepMs?: number;
  /** Left out where event time plays no part. */
  readonly dataflowOptions?: Workload['dataflowOptions'];
}

const KNOBS: Knobs = { partitions: 4, keys: 1_000, skew: 0, disorderShare: 0, lateShare: 0, brokenShare: 0 };

const aFunction = z.custom<(...input: never[]) => unknown>(
  (value) => typeof value === 'function',
  'expected a function',
);

const ownWorkloadSchema = z.object({
  title: z.string(),
  defaults: z
    .strictObject({
      partitions: z.int().min(1).max(256),
      keys: z.int().min(1),
      skew: z.number().min(0),
      disorderShare: z.number().min(0),
      lateShare: z.number().min(0),
      brokenShare: z.number().min(0),
    })
    .partial()
    .optional(),
  eventTimeStepMs: z.number().positive().optional(),
  generate: aFunction,
  dataflow: z.object({ module: z.string().startsWith('file:'), export: z.string() }),
  dataflowOptions: aFunction.optional(),
  oracle: aFunction,
  resultIdentity: z.array(z.string()).optional(),
  dependsOnStop: aFunction.optional(),
});

/**
 * Imports a module and checks the shape of what it exports.
 *
 * @throws WORKLOAD_MODULE_UNREADABLE, WORKLOAD_MODULE_INVALID, or what the module itself throws as a CrosscurrentError
 */
export async function loadOwnWorkload(reference: string): Promise<Workload> {
  const exports = await importModule(reference);
  const parsed = z.object({ workload: ownWorkloadSchema }).safeParse(exports);
  if (!parsed.success) {
    const [issue] = parsed.error.issues as [z.core.$ZodIssue];
    const [member, problem] = [issue.path.join('.'), issue.message];
    throw workloadErrors.error('WORKLOAD_MODULE_INVALID', { reference, member, problem });
  }
  const own = exports.workload as OwnWorkload;
  return {
    name: reference,
    title: own.title,
    defaults: { ...KNOBS, ...own.defaults, workload: reference },
    eventTimeStepMs: own.eventTimeStepMs ?? null,
    generate: (specification) => own.generate(specification),
    dataflow: own.dataflow,
    dataflowOptions: (capabilities) => own.dataflowOptions?.(capabilities) ?? { late: 'none' },
    oracle: (log, options) => own.oracle(log, options),
    resultIdentity: own.resultIdentity ?? [],
    dependsOnStop: (result) => own.dependsOnStop?.(result) ?? false,
  };
}

async function importModule(reference: string): Promise<Record<string, unknown>> {
  try {
    const path = resolve(reference.startsWith('file:') ? fileURLToPath(reference) : reference);
    const module = (await stat(path)).isDirectory() ? join(path, 'index.ts') : path;
    return (await import(pathToFileURL(module).href)) as Record<string, unknown>;
  } catch (cause) {
    if (cause instanceof CrosscurrentError) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw workloadErrors.error('WORKLOAD_MODULE_UNREADABLE', { reference, problem }, cause);
  }
}
