import { cleanText } from '../markup/index.ts';
import type { Run } from '../model/index.ts';

/** Why a run prints no number, in one sentence; null for a run that passed. */
export function refusalOf(run: Run): string | null {
  switch (run.outcome) {
    case 'passed':
      return run.figures === null ? 'the run passed but holds no figures' : null;
    case 'oracle-failed':
      return `oracle failed: ${because(run.verification?.reasons ?? [], run)}`;
    case 'invalid':
      return `refused as invalid: ${because([], run)}`;
    case 'failed':
      return `ended with an error: ${because([], run)}`;
  }
}

function because(reasons: readonly string[], run: Run): string {
  const remarks = run.remarks
    .filter((remark) => remark.level === 'invalid')
    .map((remark) => `${remark.code}: ${remark.message}`);
  const all = [...remarks, ...reasons].slice(0, 3).map((text) => cleanText(text));
  return all.length === 0 ? 'no reason was recorded' : all.join('; ');
}
