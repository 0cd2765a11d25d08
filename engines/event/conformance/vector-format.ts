import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type VectorOutcome, vectorErrors } from '../../pipeline/index.ts';

/** A time in a vector: Long.MIN and Long.MAX stand as words and become the infinities; others beyond 2^53 stand as decimal text. */
export const vectorTimeMs = z
  .union([z.number(), z.literal('min'), z.literal('max'), z.string().regex(/^-?\d+$/)])
  .transform((time) => {
    if (time === 'min') return Number.NEGATIVE_INFINITY;
    if (time === 'max') return Number.POSITIVE_INFINITY;
    return Number(time);
  });

/** Checks a case against its file's schema. Throws PIPELINE_VECTOR_INVALID. */
export function parseVector<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  vectorCase: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(vectorCase);
  if (parsed.success) return parsed.data;
  const named = z.object({ id: z.string() }).safeParse(vectorCase);
  throw vectorErrors.error('PIPELINE_VECTOR_INVALID', {
    id: named.success ? named.data.id : '(without id)',
    file: `${file}.jsonl`,
    reason: z.prettifyError(parsed.error),
  });
}

/** One entry of `expected` belongs to each step. */
export function compareSteps(expected: readonly unknown[], actual: readonly unknown[]): VectorOutcome {
  const [wanted, given] = [plain(expected), plain(actual)];
  return isDeepStrictEqual(wanted, given)
    ? { outcome: 'passed' }
    : { outcome: 'failed', expected: wanted, actual: given };
}

/** As JSON reads it back, with the infinities as the vectors write them; minus zero is zero. */
function plain(value: unknown): unknown {
  const json = JSON.stringify(value, (_name, part: unknown) => {
    if (part === Number.POSITIVE_INFINITY) return 'max';
    return part === Number.NEGATIVE_INFINITY ? 'min' : part;
  });
  return JSON.parse(json);
}
