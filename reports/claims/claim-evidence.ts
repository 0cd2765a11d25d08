import type { Evidence } from '../evidence/index.ts';
import type { Result } from '../model/index.ts';
import type { Pair } from './claim.ts';

/** A capability's name, as docs/capabilities.md has it. */
export type Capability = string;

/** What a claim is judged by. */
export interface ClaimEvidence {
  /** What an experiment of this name gave; null where it was not run. */
  experiment(name: string): { readonly result: Result; readonly evidence: Evidence } | null;
  /** Of each engine that is built, from the code. */
  capabilitiesOf(engine: Pair[keyof Pair]): ReadonlySet<Capability>;
}
