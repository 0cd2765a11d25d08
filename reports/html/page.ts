import { html, type Markup } from '../markup/index.ts';
import type { Result } from '../model/index.ts';
import { chartSections } from './chart-sections.ts';
import { framedPage } from './frame.ts';
import { FRONTIER_STYLE, frontierSections } from './frontier-section.ts';
import { methodSection } from './method-section.ts';
import type { Section } from './page-section.ts';
import { ratioSections } from './ratio-section.ts';
import { rawDataSection } from './raw-data.ts';
import { runCard } from './run-card.ts';
import { runsSection } from './runs-section.ts';
import { settingsSection } from './settings-section.ts';
import { tableSection } from './table-section.ts';
import { verdictSection } from './verdict-section.ts';

/** Bytes that a page of the size of `make bench` stays under; the raw data takes what the rest leaves. */
const PAGE_BUDGET = 394_000;

/**
 * The result as one self-contained page: no request to anywhere, readable without scripts, deterministic.
 */
export function renderHtml(result: Result): string {
  const sections: readonly Section[] = [
    { id: 'verdict', title: 'Verdict', body: verdictSection(result) },
    { id: 'run', title: 'Where and how', body: runCard(result) },
    { id: 'comparison', title: 'Comparison', body: tableSection(result) },
    ...frontierSections(result),
    ...ratioSections(result),
    ...chartSections(result),
    { id: 'settings', title: 'Settings', body: settingsSection(result) },
    { id: 'runs', title: 'Runs', body: runsSection(result) },
    { id: 'method', title: 'Method and limits', body: methodSection() },
  ];
  const without = Buffer.byteLength(pageOf(sections, html``));
  return pageOf(sections, rawDataSection(result, PAGE_BUDGET - without));
}

function pageOf(sections: readonly Section[], rawData: Markup): string {
  return framedPage({
    title: 'Crosscurrent: event-driven against micro-batch',
    style: FRONTIER_STYLE,
    sections: [...sections, { id: 'data', title: 'Raw data', body: rawData }],
  });
}
