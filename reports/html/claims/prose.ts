import { cleanText, html, type Markup } from '../../markup/index.ts';

const LONGEST = 2_000;

/** A text of a claim or finding; what stands between backticks is shown as code. */
export function prose(text: string): Markup {
  const parts = cleanText(text, LONGEST).split('`');
  // Of an odd number of backticks the last stands alone.
  const closed = parts.length % 2 === 1 ? parts.length : parts.length - 1;
  return html`${parts.map((part, i) =>
    i >= closed ? html`\`${part}` : i % 2 === 1 ? html`<code>${part}</code>` : part,
  )}`;
}
