import { setTimeout as delay } from 'node:timers/promises';
import type { FaultTarget, RunningPipeline } from '../../../engines/pipeline/index.ts';
import type { Verification } from '../../../reports/model/index.ts';
import { OUTPUTS } from '../../../workloads/index.ts';
import { loadBacklog } from '../../replay/index.ts';
import type { CellPlan } from '../../run/index.ts';
import { type OpenContext, onStage, type Stage, verifyStage } from '../../run/testing/index.ts';

const LOOK_MS = 20;

export interface Fault {
  readonly target: FaultTarget;
  /** What there must be by then: a commit that the restart goes on from, or an output in the log that no commit shows yet. */
  readonly after: 'first-commit' | 'first-output';
}

/**
 * Lets an engine read a full topic, with a fault in the middle where one is given, and judges its output. It ends as soon as the engine has
 * committed its input, complete or not, so a run that loses outputs costs no more than another.
 */
export async function verifiedBacklog(
  { context }: OpenContext,
  cell: CellPlan,
  runId: string,
  fault?: Fault,
): Promise<Verification> {
  const log = await context.logs.get({
    ...cell.log,
    workload: cell.workload,
    seed: cell.seed,
    events: cell.drainEvents,
  });
  return await onStage(context, cell, log, runId, 'deferred', async (stage) => {
    await loadBacklog({ connection: context.connection, topic: stage.inputTopic, log });
    const ends = await context.client.admin.endOffsets(stage.inputTopic, 'read-uncommitted');
    const running = await stage.deploy();
    if (fault !== undefined) await faultInTheMiddle(context, stage, running, ends, fault);
    await until(stage, () => {
      const { committedPositions } = running.progress();
      return ends.every((end, partition) => (committedPositions[partition] ?? 0) >= end);
    });
    const { observation } = await stage.finish();
    return verifyStage(stage, cell, { observation, running, kills: fault === undefined ? 0 : 1 });
  });
}

async function faultInTheMiddle(
  { client }: OpenContext['context'],
  stage: Stage,
  running: RunningPipeline,
  ends: readonly number[],
  { target, after }: Fault,
): Promise<void> {
  const results = stage.outputTopics[OUTPUTS.result] as string;
  const sum = (offsets: readonly number[]) => offsets.reduce((total, offset) => total + offset, 0);
  await until(stage, async () => {
    const { positions, committedPositions } = running.progress();
    if (sum(positions) < sum(ends) / 10) return false;
    if (after === 'first-commit') return sum(committedPositions) > 0;
    return sum(await client.admin.endOffsets(results, 'read-uncommitted')) > 0;
  });
  const runnings = () => stage.events.filter(({ kind }) => kind === 'running').length;
  const before = runnings();
  running.kill(target);
  await until(stage, () => runnings() > before);
}

async function until(stage: Stage, condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await Promise.race([delay(LOOK_MS), stage.ended]);
}
