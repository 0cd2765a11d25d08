import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Result } from '../../reports/model/index.ts';
import { invokeRun } from './invocation.ts';
import { interleavedTurns, type SideName } from './rounds.ts';
import type { Worktree } from './worktree.ts';

export interface Measuring {
  readonly trees: Readonly<Record<SideName, Worktree>>;
  readonly rounds: number;
  readonly runOptions: readonly string[];
  /** Holds `base/01`, `head/01`, ... afterwards. */
  readonly out: string;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** Results of each side, one a round. */
export type SideResults = Readonly<Record<SideName, readonly Result[]>>;

/** Runs both sides in turns. What is there when a turn is interrupted stays in the folder. */
export async function measureSides(measuring: Measuring): Promise<SideResults> {
  const { trees, rounds, runOptions, signal, progress } = measuring;
  const results: Record<SideName, Result[]> = { base: [], head: [] };
  for (const turn of interleavedTurns(rounds)) {
    const { side, round } = turn;
    const out = resolve(measuring.out, side, String(round).padStart(2, '0'));
    // A result of an earlier comparison must not pass for this one's.
    await rm(join(out, 'result.json'), { force: true });
    const onLine = (line: string): void => progress(`[${round}/${rounds} ${side}] ${line.trimStart()}`);
    const result = await invokeRun({ tree: trees[side], turn, runOptions, out, signal, onLine });
    if (result !== undefined) results[side].push(result);
  }
  return results;
}
