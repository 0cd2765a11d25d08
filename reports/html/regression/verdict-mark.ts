import type { RegressionVerdict } from '../../regression/index.ts';

/** How a verdict is shown: a sign beside the word, so that no colour is needed, and a tone. */
export function verdictMark(verdict: RegressionVerdict): {
  readonly sign: string;
  readonly tone: 'good' | 'bad' | 'soft';
} {
  switch (verdict) {
    case 'regressed':
      return { sign: '✗', tone: 'bad' };
    case 'improved':
      return { sign: '✓', tone: 'good' };
    case 'unchanged':
      return { sign: '=', tone: 'soft' };
    case 'within noise':
      return { sign: '≈', tone: 'soft' };
    case 'inconclusive':
      return { sign: '?', tone: 'soft' };
    case 'not comparable':
      return { sign: '≠', tone: 'soft' };
    case 'missing':
      return { sign: '−', tone: 'bad' };
    case 'new':
      return { sign: '+', tone: 'soft' };
  }
}
