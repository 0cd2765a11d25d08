const SIDES = ['base', 'head'] as const;
export type SideName = (typeof SIDES)[number];

export interface Turn {
  readonly side: SideName;
  /** From 1. */
  readonly round: number;
}

/** The order of the runs: base head, head base, base head, ... so that a drift of the machine hits both sides alike. */
export function interleavedTurns(rounds: number): Turn[] {
  return Array.from({ length: rounds }, (_, index) => {
    const order = index % 2 === 0 ? SIDES : SIDES.toReversed();
    return order.map((side) => ({ side, round: index + 1 }));
  }).flat();
}
