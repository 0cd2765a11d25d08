import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { cleanText } from '../../markup/index.ts';
import { regressionErrors } from '../errors.ts';
import { type ComparisonConfig, comparisonConfigSchema } from './comparison-config.ts';

/** Reads a comparison's configuration, YAML or JSON; what it leaves out has its default. Throws COMPARE_CONFIG. */
export function readComparisonConfig(path: string): ComparisonConfig {
  const checked = comparisonConfigSchema.safeParse(parsed(path) ?? {});
  if (checked.success) return checked.data;
  const reasons = checked.error.issues.map((issue) => {
    const place = issue.path.join('.');
    return place === '' ? issue.message : `${place}: ${issue.message}`;
  });
  throw regressionErrors.error('COMPARE_CONFIG', { path, reason: cleanText(reasons.join('; ')) });
}

function parsed(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const reason = cleanText(cause instanceof Error ? cause.message : String(cause));
    throw regressionErrors.error('COMPARE_CONFIG', { path, reason }, cause);
  }
}
