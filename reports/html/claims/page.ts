import { CLAIMS, type Claim, EXPERIMENTS, type Experiment, type Ledger } from '../../claims/index.ts';
import { framedPage } from '../frame.ts';
import { claimSection } from './claim-section.ts';
import { dataSection } from './data-section.ts';
import { experimentsSection } from './experiments-section.ts';
import { STYLE } from './style.ts';
import { verdictsSection } from './verdicts-section.ts';

/**
 * The ledger as one self-contained page: no request, readable without scripts, deterministic. First all verdicts in a table, then a part for each
 * claim. A claim of the ledger that is not among `claims` keeps its id and what was found of it.
 *
 * @param experiments what their names stand for
 */
export function renderClaimsHtml(
  ledger: Ledger,
  claims: readonly Claim[] = CLAIMS,
  experiments: readonly Experiment[] = EXPERIMENTS,
): string {
  const entries = ledger.entries.map((entry) => ({
    ...entry,
    claim: claims.find(({ id }) => id === entry.id) ?? null,
  }));
  return framedPage({
    title: 'Crosscurrent: published claims, measured',
    style: STYLE,
    sections: [
      { id: 'verdict', title: 'All claims', body: verdictsSection(entries, claims, ledger.remarks) },
      ...entries.map((entry) => ({
        id: entry.id,
        title: entry.id,
        body: claimSection(entry, ledger.experiments),
      })),
      { id: 'experiments', title: 'Experiments', body: experimentsSection(ledger, experiments) },
      { id: 'data', title: 'Data', body: dataSection(ledger) },
    ],
  });
}
