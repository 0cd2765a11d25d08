import { z } from 'zod';
import { METRICS, type MetricId, metric } from '../../model/index.ts';
import { type Level, levelSchema } from '../regression-report.ts';

const metricRuleSchema = z.strictObject({
  level: levelSchema.optional(),
  /** As a share: 0.05 is 5 %. */
  minimumEffect: z.number().min(0).max(10).optional(),
  /** Where it is not as in the registry of metrics. */
  direction: z.enum(['lower is better', 'higher is better']).optional(),
});

/** What a comparison's configuration file may hold; all of it has defaults. */
export const comparisonConfigSchema = z.strictObject({
  alpha: z.number().gt(0).lt(1).default(0.05),
  minimumRuns: z.int().min(2).default(6),
  metrics: z.partialRecord(z.enum(METRICS.map(({ id }) => id)), metricRuleSchema).default({}),
});
/** When a difference is called one. */
export type ComparisonConfig = z.infer<typeof comparisonConfigSchema>;

/** The defaults: two-sided level 0.05 over the whole family, at least 6 runs a side. */
export const DEFAULT_CONFIG: ComparisonConfig = comparisonConfigSchema.parse({});

/** How one metric is judged. */
export interface MetricRule {
  readonly level: Level;
  readonly minimumEffect: number;
  readonly direction: 'lower is better' | 'higher is better';
}

// Too few samples lie beyond a p99.9, and cost depends on more than the program: they are told and fail nothing.
const WARNED: readonly MetricId[] = [
  'latency-p999',
  'drain-cold-rate',
  'cpu-per-million',
  'cpu-per-million-draining',
  'peak-rss',
];

/** The rule of a metric: the configuration's, else the default; null for a metric that is not compared. */
export function ruleOf(config: ComparisonConfig, id: MetricId): MetricRule | null {
  const given = config.metrics[id] ?? {};
  const registered = metric(id);
  const level = given.level ?? (WARNED.includes(id) ? 'warn' : 'error');
  const minimumEffect = given.minimumEffect ?? registered.minimumEffect;
  const direction = given.direction ?? registered.direction;
  if (level === 'off' || minimumEffect === null || direction === 'neither') return null;
  return { level, minimumEffect, direction };
}
