import type { Result } from '../../reports/model/index.ts';
import { noiseFloorsOf } from '../noise/index.ts';
import { newResult, plannedSessionMs, runSession, runsLeft, type SessionOptions } from '../run/index.ts';
import { checkSameGround, claimFolder, earlierResult } from './continuation.ts';
import type { MatrixPlan } from './matrix-plan.ts';

/** How far a matrix is. */
export interface MatrixStanding {
  /** What its folder holds; null where nothing, or where that is to be thrown away. */
  readonly earlier: Result | null;
  readonly runsLeft: number;
  /** How long those take by their plan, floors included. */
  readonly timeLeftMs: number;
}

/**
 * Looks how far a matrix is in a folder.
 *
 * @param restart whether what is there is to be thrown away
 * @throws MATRIX_CHANGED when the result there is of another plan, and what reading a result throws
 */
export async function standingOf(
  plan: MatrixPlan,
  folder: string,
  restart: boolean,
): Promise<MatrixStanding> {
  const earlier = restart ? null : await earlierResult(folder, plan.hash);
  const left = earlier ? runsLeft(plan.runs, earlier, plan.attempts) : plan.runs;
  const timeLeftMs = plannedSessionMs(earlier ? { ...plan, resumed: earlier } : plan);
  return { earlier, runsLeft: left.length, timeLeftMs };
}

/** What a session is given besides its plan. */
type MatrixSession = Omit<SessionOptions, 'runs' | 'attempts' | 'seed' | 'floors' | 'resumed'>;

/**
 * Checks that what was measured may be continued here: figures of two machines, brokers or versions of the tool do not belong in one result.
 *
 * @throws MATRIX_CHANGED
 */
export function requireSameGround(
  { seed }: MatrixPlan,
  { earlier }: MatrixStanding,
  session: Pick<MatrixSession, 'broker' | 'command' | 'outputFolder'>,
): void {
  if (earlier) checkSameGround(session.outputFolder, earlier, newResult({ ...session, seed }));
}

/**
 * Runs what a matrix still lacks into its folder. The result is written after every run; on Ctrl-C it holds what was complete.
 *
 * @throws MATRIX_CHANGED as `requireSameGround`
 */
export async function continueMatrix(
  plan: MatrixPlan,
  standing: MatrixStanding,
  session: MatrixSession,
): Promise<Result> {
  requireSameGround(plan, standing, session);
  const { runs, attempts, seed, floors } = plan;
  const { earlier } = standing;
  if (earlier === null) await claimFolder(session.outputFolder, plan.hash);
  const options = { ...session, runs, attempts, seed, floors };
  const result = await runSession(earlier ? { ...options, resumed: earlier } : options);
  if (plan.noise) result.noiseFloors = noiseFloorsOf(result.cells, attempts);
  return result;
}
