import type { CompletedResult, Row } from '../../authoring.ts';
import { ACCOUNTS, WITHIN_MS } from './dataflow.ts';

/**
 * The bursts of one device's payments. Each payment is tried as the first; from it on, the first payment out of each new account counts, until
 * there are enough or the time is over. Of those tries the one that ends first is a burst (of two, the one that began first), and what came up to its end is over.
 */
export function burstsOf(payments: readonly Row[]): readonly CompletedResult[] {
  const bursts: CompletedResult[] = [];
  let from = 0;
  while (from < payments.length) {
    let best: readonly number[] | undefined;
    for (let first = from; first < payments.length; first += 1) {
      const tried = burstFrom(payments, first);
      if (tried !== undefined && (best === undefined || Number(tried.at(-1)) < Number(best.at(-1))))
        best = tried;
    }
    if (best === undefined) return bursts;
    const rows = best.map((index) => payments[index] as Row);
    const last = best.at(-1) as number;
    bursts.push({
      result: {
        device: String(rows[0]?.device),
        accounts: rows.length,
        totalMinor: rows.reduce((total, { amountMinor }) => total + Number(amountMinor), 0),
        firstTsMs: Number(rows[0]?.tsMs),
        lastTsMs: Number(rows.at(-1)?.tsMs),
      },
      completedBy: last,
    });
    from = last + 1;
  }
  return bursts;
}

function burstFrom(payments: readonly Row[], first: number): readonly number[] | undefined {
  const endMs = Number(payments[first]?.tsMs) + WITHIN_MS;
  const accounts = new Set<unknown>();
  const taken: number[] = [];
  for (let index = first; index < payments.length && Number(payments[index]?.tsMs) < endMs; index += 1) {
    const account = payments[index]?.account;
    if (accounts.has(account)) continue;
    accounts.add(account);
    taken.push(index);
    if (taken.length === ACCOUNTS) return taken;
  }
  return undefined;
}
