import type { RegressionReport } from '../regression/index.ts';

/** What acts on a terminal, reorders text or ends a script element; JSON can write all of it as escapes without changing the value. */
const ACTIVE = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069<]/g;

/**
 * A comparison as JSON in the form of docs/comparison.schema.json, `schemaVersion` among its first members. Texts are whole and as they were; inside a page's
 * script element or on a terminal they are harmless. Ends with a line break.
 */
export function renderRegressionJson({ kind, schemaVersion, ...rest }: RegressionReport): string {
  const text = JSON.stringify({ kind, schemaVersion, ...rest });
  return `${text.replaceAll(ACTIVE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
