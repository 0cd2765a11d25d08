import type { Introspection, OperatorProgress, TaskProgress } from '../../engines/pipeline/index.ts';

/** One look at a task. */
export interface TaskLook {
  /** Monotonic. */
  readonly atNs: bigint;
  readonly task: TaskProgress;
}

/** What a task did between two looks. */
export interface TaskStretch {
  readonly shares: { readonly busy: number; readonly backPressured: number; readonly idle: number };
  /** In the order of the task's operators. */
  readonly operators: readonly OperatorStretch[];
}

interface OperatorStretch {
  readonly name: string;
  readonly inPerSecond: number;
  readonly outPerSecond: number;
  readonly busyShare: number | null;
}

/**
 * The difference of two looks; null where the task started in between, for then its counts began anew, and where it told nothing new. Shares are of the
 * time that the task itself accounts for: an engine that is asked over a network answers with figures of a moment before.
 */
export function stretchBetween(before: TaskLook, after: TaskLook): TaskStretch | null {
  const [then, now] = [before.task, after.task];
  const busyMs = now.busyMs - then.busyMs;
  const backPressuredMs = now.backPressuredMs - then.backPressuredMs;
  const idleMs = now.idleMs - then.idleMs;
  const totalMs = busyMs + backPressuredMs + idleMs;
  const isNew = now.operators.some(
    (operator, index) => operator.recordsIn < (then.operators[index]?.recordsIn ?? 0),
  );
  if (isNew || totalMs <= 0 || Math.min(busyMs, backPressuredMs, idleMs) < -TORN_MS) return null;
  const seconds = Number(after.atNs - before.atNs) / 1e9;
  return {
    shares: {
      busy: shareOf(busyMs, totalMs),
      backPressured: shareOf(backPressuredMs, totalMs),
      idle: shareOf(idleMs, totalMs),
    },
    operators: now.operators.map((operator, index) =>
      operatorStretch(then.operators[index], operator, seconds, totalMs),
    ),
  };
}

/** Times are read from another thread while it writes them: they may go back by so little. */
const TORN_MS = 1;

const shareOf = (partMs: number, totalMs: number): number => Math.min(1, Math.max(0, partMs / totalMs));

function operatorStretch(
  then: OperatorProgress | undefined,
  now: OperatorProgress,
  seconds: number,
  totalMs: number,
): OperatorStretch {
  const { name, busyMs } = now;
  return {
    name,
    inPerSecond: (now.recordsIn - (then?.recordsIn ?? 0)) / seconds,
    outPerSecond: (now.recordsOut - (then?.recordsOut ?? 0)) / seconds,
    busyShare: busyMs === null ? null : shareOf(busyMs - (then?.busyMs ?? 0), totalMs),
  };
}

/** The same task in an earlier look. */
export function taskIn(introspection: Introspection, name: string): TaskProgress | undefined {
  return introspection.tasks.find((task) => task.name === name);
}
