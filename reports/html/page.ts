import { createHash } from 'node:crypto';
import { html, type Markup, trusted } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { chartSections } from './chart-sections.ts';
import { methodSection } from './method-section.ts';
import type { Section } from './page-section.ts';
import { rawDataSection } from './raw-data.ts';
import { runCard } from './run-card.ts';
import { runsSection } from './runs-section.ts';
import { SCRIPT } from './script.ts';
import { settingsSection } from './settings-section.ts';
import { STYLE } from './style.ts';
import { tableSection } from './table-section.ts';
import { verdictSection } from './verdict-section.ts';

/** Bytes that a page of the size of `make bench` stays under; the raw data takes what the rest leaves. */
const PAGE_BUDGET = 394_000;

/**
 * The result as one self-contained page: no request to anywhere, readable without scripts, deterministic. Its content policy allows
 * nothing but its own style sheet and, by hash, its one script.
 */
export function renderHtml(result: Result): string {
  const sections: readonly Section[] = [
    { id: 'verdict', title: 'Verdict', body: verdictSection(result) },
    { id: 'run', title: 'Where and how', body: runCard(result) },
    { id: 'comparison', title: 'Comparison', body: tableSection(result) },
    ...chartSections(result),
    { id: 'settings', title: 'Settings', body: settingsSection(result) },
    { id: 'runs', title: 'Runs', body: runsSection(result) },
    { id: 'method', title: 'Method and limits', body: methodSection() },
  ];
  const without = Buffer.byteLength(pageOf(sections, html``));
  return pageOf(sections, rawDataSection(result, PAGE_BUDGET - without));
}

function pageOf(sections: readonly Section[], rawData: Markup): string {
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${sha256(SCRIPT)}'`;
  const contents = [...sections, { id: 'data', title: 'Raw data' }];
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>Crosscurrent: event-driven against micro-batch</title><style>${trusted(
    STYLE,
  )}</style></head><body><a class="skip" href="#verdict">Skip to the verdict</a><header><h1>Crosscurrent: event-driven against micro-batch</h1><button id="theme" type="button" hidden>Theme</button></header><nav aria-label="Contents"><ul>${contents.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav><main>${sections.map(({ body }) => body)}${rawData}</main><p id="readout" role="status" aria-live="polite"></p><script>${trusted(SCRIPT)}</script></body></html>
`;
  return page.text;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
