import { harmlessJson } from '../markup/index.ts';
import type { RegressionReport } from '../regression/index.ts';

/**
 * A comparison as JSON in the form of docs/comparison.schema.json, `schemaVersion` among its first members. Texts are whole and as they were; inside a page's
 * script element or on a terminal they are harmless. Ends with a line break.
 */
export function renderRegressionJson({ kind, schemaVersion, ...rest }: RegressionReport): string {
  return `${harmlessJson({ kind, schemaVersion, ...rest })}\n`;
}
