import type { AdviceReport } from '../advice-wording/index.ts';
import { harmlessJson } from '../markup/index.ts';

/**
 * An advice as JSON, `kind` and `schemaVersion` first: the answer with every configuration that was judged and the files of its figures.
 * Texts are whole and as they were; inside a page's script element or on a terminal they are harmless. Ends with a line break.
 */
export function renderAdviceJson(report: AdviceReport): string {
  return `${harmlessJson({ kind: 'crosscurrent-advice', schemaVersion: 1, ...report })}\n`;
}
