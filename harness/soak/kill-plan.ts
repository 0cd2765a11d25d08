import type { Guarantee } from '../../engines/pipeline/index.ts';
import { uniformFloat64 } from '../fault/index.ts';

/** What a kill is aimed at: any instant at which the engine runs, its last restart, or a step that its guarantee hangs on. */
export const KILL_AIMS = ['anywhere', 'restart', 'checkpoint', 'commit'] as const;
export type KillAim = (typeof KILL_AIMS)[number];

export interface PlannedKill {
  readonly aim: KillAim;
  /** From [0, 1): how far into what it is aimed at, by how long that took the last time. */
  readonly share: number;
  /** So many checkpoints or commits pass first, of those that follow the last restart: a kill into each first one would let the engine commit nothing. */
  readonly passing: number;
}

const MOST_PASSING = 2;
const DRAWS_A_KILL = 3;

/** Two of five anywhere, one each at the others: a step lasts milliseconds, and hardly any kill would hit one by chance. */
const DRAWN_FROM: readonly KillAim[] = ['anywhere', 'anywhere', 'restart', 'checkpoint', 'commit'];

/**
 * The kills of one run, drawn from the seed and the name of the run alone. The first has no restart to fall into, and there is no commit to hit
 * where outputs are visible at once.
 *
 * @param name of the run: runs of one seed get kills of their own
 */
export function planSoakKills(options: {
  readonly kills: number;
  readonly seed: number;
  readonly name: string;
  readonly guarantee: Guarantee;
}): PlannedKill[] {
  const seed = options.seed ^ hashOf(options.name);
  return Array.from({ length: options.kills }, (_, index) => {
    const draw = (number: number): number => uniformFloat64(seed, DRAWS_A_KILL * index + number);
    const aim = DRAWN_FROM[Math.floor(draw(0) * DRAWN_FROM.length)] as KillAim;
    return {
      aim: possible(aim, index, options.guarantee),
      share: draw(1),
      passing: Math.floor(draw(2) * (MOST_PASSING + 1)),
    };
  });
}

function possible(aim: KillAim, index: number, guarantee: Guarantee): KillAim {
  if (aim === 'restart' && index === 0) return 'anywhere';
  return aim === 'commit' && guarantee === 'at-least-once' ? 'checkpoint' : aim;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash & 0x7fff_ffff;
}
