import type { SecondSummary } from '../observe/index.ts';

/** What a run does at the moment. */
export type LivePhase =
  | 'starting'
  | 'warming up'
  | 'measuring'
  | 'recovering'
  | 'settling'
  | 'loading'
  | 'draining';

/** Where a replay on a schedule stands. All of it is at hand on the main thread: looking at it asks no other thread anything. */
interface PlayFigures {
  readonly kind: 'play';
  /** Since the start of the schedule; negative before. */
  readonly elapsedMs: number;
  /** Records due by now. */
  readonly due: number;
  /** Records that the broker has acknowledged. */
  readonly acknowledged: number;
  /** Of each second of the schedule that has begun, in order. */
  readonly seconds: readonly SecondSummary[];
}

/** Where the drain of a backlog stands. */
interface DrainFigures {
  readonly kind: 'drain';
  readonly elapsedMs: number;
  /** Records whose outputs are committed. */
  readonly committed: number;
  readonly total: number;
}

export type LiveFigures = PlayFigures | DrainFigures;

/** What a session tells whoever shows it while it is under way. */
export type LiveEvent =
  | { readonly kind: 'begun'; readonly title: string }
  /** `plannedMs`: how long the phase takes, or takes at most; null where that is open. */
  | { readonly kind: 'phase'; readonly phase: LivePhase; readonly plannedMs: number | null }
  /** From now on the figures can be looked at, until the next `begun` or `starting`. */
  | { readonly kind: 'figures'; readonly look: () => LiveFigures }
  | { readonly kind: 'killed'; readonly kills: number; readonly planned: number }
  /** Nothing runs any more. */
  | { readonly kind: 'ended' };

export type LiveListener = (event: LiveEvent) => void;
