import type { Result } from '../../model/index.ts';
import type { RegressionReport } from '../../regression/index.ts';
import { framedPage } from '../frame.ts';
import type { Section } from '../page-section.ts';
import { changedSection } from './changed-section.ts';
import { dataSection } from './data-section.ts';
import { differencesSection } from './differences-section.ts';
import { methodSection } from './method-section.ts';
import { rowsSection } from './rows-section.ts';
import { sidesSection } from './sides-section.ts';
import { spectraSection } from './spectra-section.ts';
import { STYLE } from './style.ts';
import { verdictSection } from './verdict-section.ts';

/**
 * A comparison of two sides as one self-contained page: no request to anywhere, readable without scripts, deterministic.
 *
 * @param base the results that the base side was made from: their histograms are merged for the curves
 * @param head those of the head side
 */
export function renderRegressionHtml(
  report: RegressionReport,
  base: readonly Result[],
  head: readonly Result[],
): string {
  const spectra = spectraSection(report, base, head);
  const differences = differencesSection(report);
  const sections: readonly (Section | null)[] = [
    { id: 'verdict', title: 'Verdict', body: verdictSection(report) },
    { id: 'changed', title: 'What changed', body: changedSection(report) },
    differences && { id: 'differences', title: 'Not alike', body: differences },
    spectra && { id: 'spectra', title: 'Latency by percentile', body: spectra },
    { id: 'rows', title: 'Every metric', body: rowsSection(report) },
    { id: 'sides', title: 'Both sides', body: sidesSection(report, base, head) },
    { id: 'method', title: 'Method', body: methodSection(report) },
    { id: 'data', title: 'Data', body: dataSection(report) },
  ];
  return framedPage({
    title: 'Crosscurrent: head against base',
    style: STYLE,
    sections: sections.filter((section) => section !== null),
  });
}
