import type { Claim, Ledger, PairName } from '../../claims/index.ts';

/** An entry of the ledger with the claim that it is of; null of a claim that this version does not know. */
export type JudgedClaim = Ledger['entries'][number] & { readonly claim: Claim | null };

/** What the pairs are called on the page. */
export const PAIR_TITLES: Readonly<Record<PairName, string>> = {
  embedded: 'Embedded engines',
  real: 'Flink and Spark',
};
