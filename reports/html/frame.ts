import { createHash } from 'node:crypto';
import { html, type Markup, trusted } from '../markup/index.ts';
import type { Section } from './page-section.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/** What a page is made of, beside what all pages share. */
export interface Frame {
  readonly title: string;
  /** Rules of this page alone, after those that all pages share. */
  readonly style: string;
  /** In the order of the page; the first is the one with id `verdict`, the last the one with the link that downloads the data. */
  readonly sections: readonly Section[];
}

/**
 * A self-contained page: head, list of contents, sections, the line that reads a chart's cursor out, and the script. Its content policy allows nothing
 * but its own style sheet and, by hash, its one script.
 */
export function framedPage({ title, style, sections }: Frame): string {
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${sha256(SCRIPT)}'`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>${title}</title><style>${trusted(
    STYLE + style,
  )}</style></head><body><a class="skip" href="#verdict">Skip to the verdict</a><header><h1>${title}</h1><button id="theme" type="button" hidden>Theme</button></header><nav aria-label="Contents"><ul>${sections.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav><main>${sections.map(({ body }): Markup => body)}</main><p id="readout" role="status" aria-live="polite"></p><script>${trusted(SCRIPT)}</script></body></html>
`;
  return page.text;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
