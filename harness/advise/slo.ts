import { adviseErrors } from './errors.ts';
import { nearestWord } from './nearest.ts';
import { durationMsOf } from './quantities.ts';

/** Percentiles of which evidence keeps an estimate. */
const PERCENTILES = [50, 99, 99.9] as const;
const RECOVERY = 'recovery';
const METRICS = [...PERCENTILES.map((percentile) => `p${percentile}`), RECOVERY];

export interface Limits {
  /** Ascending, each percentile once. */
  readonly latency: readonly {
    readonly percentile: (typeof PERCENTILES)[number];
    readonly limitMs: number;
  }[];
  /** First output after a SIGKILL; null where no limit is set. */
  readonly recoveryMs: number | null;
}

/**
 * Reads objectives: `p99=100ms`, several by commas, `recovery=5s` among them; `<` and `<=` say the same as `=`.
 *
 * @throws ADVISE_SLO_INVALID, ADVISE_METRIC_UNKNOWN; ADVISE_SLO_CONTRADICTION for two limits of one metric, and for a percentile whose limit
 * lies above that of a higher one: which of the two was meant is not guessed
 */
export function limitsOf(texts: readonly string[]): Limits {
  const limits = new Map<string, number>();
  for (const text of texts.flatMap((each) => each.split(','))) {
    const { metric, limitMs } = limitOf(text.trim());
    const before = limits.get(metric);
    if (before !== undefined) throw contradiction(`${metric} has two limits, ${before} ms and ${limitMs} ms`);
    limits.set(metric, limitMs);
  }
  const latency = PERCENTILES.flatMap((percentile) => {
    const limitMs = limits.get(`p${percentile}`);
    return limitMs === undefined ? [] : [{ percentile, limitMs }];
  });
  for (const [index, lower] of latency.entries()) {
    const higher = latency[index + 1];
    if (higher === undefined || lower.limitMs <= higher.limitMs) continue;
    const [one, other] = [lower, higher].map(({ percentile, limitMs }) => `p${percentile} (${limitMs} ms)`);
    throw contradiction(
      `the limit of ${one} lies above that of ${other}, and no percentile exceeds a higher one`,
    );
  }
  return { latency, recoveryMs: limits.get(RECOVERY) ?? null };
}

/** The one limit on recovery, of an option of its own or among the objectives. @throws ADVISE_SLO_CONTRADICTION where there are two */
export function oneRecovery(fromSlo: number | null, fromOption: number | undefined): number | null {
  if (fromSlo !== null && fromOption !== undefined) {
    throw contradiction(`recovery has two limits, ${fromSlo} ms and ${fromOption} ms`);
  }
  return fromSlo ?? fromOption ?? null;
}

function limitOf(text: string): { metric: string; limitMs: number } {
  const [, name, value] = /^([^=<>]+?)\s*(?:<=|=|<)\s*(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw invalid(text, 'it is not a metric and a limit, as in p99=100ms.');
  }
  const metric = name.toLowerCase();
  if (!METRICS.includes(metric)) {
    const near = nearestWord(metric, METRICS);
    const nearest = near === null ? '' : `; the nearest is ${near}`;
    throw adviseErrors.error('ADVISE_METRIC_UNKNOWN', { metric: name, known: METRICS.join(', '), nearest });
  }
  const limitMs = durationMsOf(value);
  if (limitMs === null) throw invalid(text, `"${value}" is not a time with its unit: ms, s or min.`);
  if (limitMs <= 0) throw invalid(text, 'a limit lies above 0.');
  return { metric, limitMs };
}

const invalid = (text: string, problem: string): Error =>
  adviseErrors.error('ADVISE_SLO_INVALID', { text, problem });

const contradiction = (problem: string): Error => adviseErrors.error('ADVISE_SLO_CONTRADICTION', { problem });
