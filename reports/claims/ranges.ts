import type { Estimate } from '../evidence/index.ts';
import { withUnit } from '../numbers/index.ts';
import type { ClaimedRange, Side } from './claim.ts';
import { clearlyBelow } from './estimates.ts';
import type { ClaimFigure, Finding, Verdict } from './finding.ts';
import { SIDES } from './merchant-spend.ts';

/** Where the whole range of an estimate lies, seen from a claimed one; `astride`: across one of its ends. */
export type Placement = 'inside' | 'below' | 'above' | 'astride';

export function placementOf({ low, high }: Estimate, { from, to }: ClaimedRange): Placement {
  if (from !== null && high < from) return 'below';
  if (to !== null && low > to) return 'above';
  return (from === null || low >= from) && (to === null || high <= to) ? 'inside' : 'astride';
}

/** Both models under the same conditions: what is held against each other. */
export interface ComparedPoint {
  /** `at 1,000/s` */
  readonly at: string;
  readonly figures: Readonly<Record<Side, ClaimFigure>>;
}

/** What `judgeRanges` does, for the rule of a claim. */
export const RANGE_RULE =
  'A figure is inside when the whole range that covers its median is. All are inside: holds. Some are not, but the event-driven model is clearly faster at every point (the ranges do not meet, and the medians differ by a tenth at least): holds in part. The same where neither is clearly faster somewhere, the micro-batch model nowhere, and at least one figure is inside. Otherwise: does not hold here.';

/** Judges latencies of both models by the ranges that a claim gives them. Lower is better; without points there is nothing to judge. */
export function judgeRanges(
  points: readonly ComparedPoint[],
  claimed: readonly ClaimedRange[],
): Pick<Finding, 'verdict' | 'because'> {
  const placements = points.flatMap(({ figures }) =>
    SIDES.map((side) => placementIn(figures[side], claimed)),
  );
  const [verdict, conclusion] = verdictOf(points, placements);
  const sentences = points.map(({ at, figures }) => {
    const sides = SIDES.map((side) => {
      const { unit, estimate } = figures[side];
      const value = withUnit(unit === 'ms' ? 'ms' : 'us', estimate.median);
      return `${side} ${value} (${WORDS[placementIn(figures[side], claimed)]})`;
    });
    return `${at}: ${sides.join(', ')}`;
  });
  return { verdict, because: `${sentences.join('; ')}. ${conclusion}` };
}

const WORDS: Readonly<Record<Placement, string>> = {
  inside: 'inside its range',
  below: 'below its range',
  above: 'above its range',
  astride: 'across an end of its range',
};

function placementIn(figure: ClaimFigure, claimed: readonly ClaimedRange[]): Placement {
  const range = claimed.find(({ side }) => side === figure.side);
  return range === undefined ? 'inside' : placementOf(figure.estimate, range);
}

function verdictOf(
  points: readonly ComparedPoint[],
  placements: readonly Placement[],
): readonly [Verdict, string] {
  if (placements.every((placement) => placement === 'inside')) {
    return ['holds', 'Every figure lies in the range that is claimed for it.'];
  }
  const orders = points.map(({ figures }) => orderOf(figures));
  if (orders.every((order) => order === 'as-claimed')) {
    return [
      'in-part',
      'The event-driven model is the faster one, as claimed, but not every figure lies in its range.',
    ];
  }
  if (placements.includes('inside') && !orders.includes('reversed')) {
    return [
      'in-part',
      'Some figures lie where they are claimed, but not everywhere is the event-driven model clearly faster.',
    ];
  }
  return [
    'not-here',
    orders.includes('reversed')
      ? 'The micro-batch model is the faster one at least once.'
      : 'No figure lies where it is claimed, and which model is faster cannot be told.',
  ];
}

function orderOf(figures: ComparedPoint['figures']): 'as-claimed' | 'reversed' | 'open' {
  const [event, batch] = [figures['event-driven'].estimate, figures['micro-batch'].estimate];
  if (clearlyBelow(event, batch)) return 'as-claimed';
  return clearlyBelow(batch, event) ? 'reversed' : 'open';
}
