import { z } from 'zod';
import { workloadErrors } from '../errors.ts';
import { type LogSpecification, TOPIC_PREFIX, WORKLOAD_NAMES, type WorkloadName } from './recorded-log.ts';

/** Values start at 32-bit offsets and a record has at most some 130 bytes. */
const MOST_EVENTS = 25_000_000;
const MOST_KEYS = 2_000_000;
const HIGHEST_SHARE = { disorderShare: 1, lateShare: 0.5, brokenShare: 0.5 } as const;

const schema = z.strictObject({
  workload: z.string(),
  seed: z.int().min(0).max(0xffff_ffff),
  events: z.int().min(1).max(MOST_EVENTS),
  partitions: z.int().min(1).max(256),
  keys: z.int().min(1).max(MOST_KEYS),
  skew: z.number().min(0).max(5),
  disorderShare: z.number(),
  lateShare: z.number(),
  brokenShare: z.number(),
});

/**
 * Checks a specification from outside.
 *
 * @throws WORKLOAD_UNKNOWN, WORKLOAD_SPECIFICATION_INVALID, WORKLOAD_SHARE_IMPOSSIBLE or WORKLOAD_KNOB_UNUSED
 */
export function parseLogSpecification(input: unknown): LogSpecification {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalid(input, parsed.error.issues[0] as z.core.$ZodIssue);
  const specification = parsed.data;
  const ownRules = isOwnReference(specification.workload);
  if (!ownRules) workloadName(specification.workload);
  for (const [knob, highest] of Object.entries(HIGHEST_SHARE)) {
    const value = specification[knob as keyof typeof HIGHEST_SHARE];
    if (value < 0 || value > highest) {
      throw workloadErrors.error('WORKLOAD_SHARE_IMPOSSIBLE', { knob, value, highest });
    }
  }
  if (!ownRules && specification.workload !== 'regional-revenue') {
    for (const knob of ['disorderShare', 'lateShare'] as const) {
      const { workload, [knob]: value } = specification;
      if (value !== 0) throw workloadErrors.error('WORKLOAD_KNOB_UNUSED', { workload, knob, value });
    }
  }
  return specification;
}

/** Whether a reference is the path of a module with one's own workload, or the name of a recorded topic: neither follows the rules of a built-in workload. */
function isOwnReference(reference: string): boolean {
  return isModulePath(reference) || reference.startsWith(TOPIC_PREFIX);
}

/** Whether a reference is the path of a module: `./x.ts`, `../x`, `/x` or a file: URL. */
export function isModulePath(reference: string): boolean {
  return /^(\.{0,2}\/|file:)/.test(reference);
}

/** @throws WORKLOAD_UNKNOWN */
export function workloadName(name: string): WorkloadName {
  const known = WORKLOAD_NAMES.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  throw workloadErrors.error('WORKLOAD_UNKNOWN', { workload: name, known: WORKLOAD_NAMES.join(', ') });
}

function invalid(input: unknown, issue: z.core.$ZodIssue): Error {
  const knob = issue.path.length === 0 ? 'the specification' : issue.path.join('.');
  const value = issue.path.reduce<unknown>(
    (part, name) => (part as Record<PropertyKey, unknown>)?.[name],
    input,
  );
  return workloadErrors.error('WORKLOAD_SPECIFICATION_INVALID', {
    knob,
    value: JSON.stringify(value) ?? 'undefined',
    problem: issue.message,
  });
}
