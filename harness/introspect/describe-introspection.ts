import type { RunIntrospection } from '../../reports/model/index.ts';
import { median } from '../../reports/statistics/index.ts';
import type { Look } from './introspection-log.ts';
import { stretchBetween, type TaskStretch, taskIn } from './look-difference.ts';

/**
 * What a result keeps of the looks at an engine: the last, with medians over what passed between two instants. Null where the engine told nothing.
 *
 * @param fromNs begin of the measured part, monotonic as `toNs`
 */
export function describeIntrospection(
  looks: readonly Look[],
  fromNs: bigint,
  toNs: bigint,
): RunIntrospection | null {
  const last = looks.at(-1)?.introspection;
  if (last === undefined) return null;
  const measured = looks.filter(({ atNs }) => atNs >= fromNs && atNs <= toNs);
  const stretches = new Map(last.tasks.map(({ name }) => [name, stretchesOf(measured, name)]));
  return {
    tasks: last.tasks.map(({ name, watermarkMs, operators }) => {
      const own = stretches.get(name) ?? [];
      const middle = (pick: (stretch: TaskStretch) => number | null | undefined): number | null =>
        median(own.map(pick).filter((value) => value != null));
      const [busy, backPressured, idle] = [
        middle(({ shares }) => shares.busy),
        middle(({ shares }) => shares.backPressured),
        middle(({ shares }) => shares.idle),
      ];
      return {
        name,
        shares:
          busy === null || backPressured === null || idle === null ? null : { busy, backPressured, idle },
        watermarkMs,
        operators: operators.map(({ name, recordsIn, recordsOut, state }, index) => ({
          name,
          recordsIn,
          recordsOut,
          inPerSecond: middle((stretch) => stretch.operators[index]?.inPerSecond),
          outPerSecond: middle((stretch) => stretch.operators[index]?.outPerSecond),
          busyShare: middle((stretch) => stretch.operators[index]?.busyShare),
          state: state === null ? null : { ...state },
        })),
      };
    }),
    intervals: Math.max(0, ...[...stretches.values()].map((own) => own.length)),
    watermark: last.watermark && {
      heldBackBy: last.watermark.heldBackBy && { ...last.watermark.heldBackBy },
      idlePartitions: [...last.watermark.idlePartitions],
    },
    checkpoints: last.checkpoints && {
      ...last.checkpoints,
      last: last.checkpoints.last && { ...last.checkpoints.last },
    },
  };
}

/** What a task did from each look to the next. */
function stretchesOf(looks: readonly Look[], name: string): readonly TaskStretch[] {
  return looks.flatMap(({ atNs, introspection }, index) => {
    const earlier = looks[index - 1];
    const [before, after] = [earlier && taskIn(earlier.introspection, name), taskIn(introspection, name)];
    if (earlier === undefined || before === undefined || after === undefined) return [];
    return stretchBetween({ atNs: earlier.atNs, task: before }, { atNs, task: after }) ?? [];
  });
}
