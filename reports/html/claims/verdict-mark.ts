import { VERDICT_WORDS, type Verdict } from '../../claims/index.ts';
import { VERDICT_SIGNS } from '../../claims-wording/index.ts';
import { html, type Markup } from '../../markup/index.ts';

const TONES: Readonly<Record<Verdict, 'good' | 'bad' | 'soft' | ''>> = {
  holds: 'good',
  'in-part': '',
  'not-here': 'bad',
  'out-of-date': 'bad',
  'not-measured': 'soft',
};

/** A verdict in words behind a sign of its own shape, so that no colour is needed. */
export function verdictMark(verdict: Verdict): Markup {
  return html`<span class="verdict ${TONES[verdict]}"><span aria-hidden="true">${VERDICT_SIGNS[verdict]}</span> ${VERDICT_WORDS[verdict]}</span>`;
}
