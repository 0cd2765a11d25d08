import type {
  Introspection,
  OperatorProgress,
  StateSize,
  TaskProgress,
} from '../../engines/pipeline/index.ts';
import { bytes, sharePercent, significant, whole } from '../../reports/numbers/index.ts';
import type { Look } from './introspection-log.ts';
import { stretchBetween, type TaskStretch, taskIn } from './look-difference.ts';

const HEADER = ['', 'in, /s', 'out, /s', 'busy', 'back-pressured', 'idle', 'state'] as const;

/** What the operators of an engine did between two looks, as a table: summed over its tasks, then task by task. Without line ends. */
export function operatorLines(before: Look, after: Look): readonly string[] {
  const { tasks, watermark, checkpoints } = after.introspection;
  const pairs = tasks.map((task) => {
    const earlier = taskIn(before.introspection, task.name);
    const stretch =
      earlier && stretchBetween({ atNs: before.atNs, task: earlier }, { atNs: after.atNs, task });
    return { task, stretch: stretch ?? null };
  });
  const names = [...new Set(tasks.flatMap(operatorsBeside).map(({ name }) => name))];
  const stretches = pairs.map(({ stretch }) => stretch).filter((stretch) => stretch !== null);
  const seconds = Number(after.atNs - before.atNs) / 1e9;
  const rows = [
    HEADER,
    ...names.map((name) => [
      shortened(name),
      ...ratesOf(stretches, name),
      '',
      '',
      stateText(tasks.map(({ operators }) => operators.find((each) => each.name === name)?.state ?? null)),
    ]),
    ...pairs.map(({ task, stretch }) => [
      shortened(task.name),
      ...(operatorsBeside(task).length > 0 || stretch === null
        ? ['', '']
        : ratesOf([stretch], task.name).slice(0, 2)),
      ...(stretch === null
        ? ['–', '–', '–']
        : [stretch.shares.busy, stretch.shares.backPressured, stretch.shares.idle].map(sharePercent)),
      '',
    ]),
  ];
  return [
    `operators, over ${significant(seconds)} s`,
    ...aligned(rows),
    ...(watermark === null ? [] : [watermarkLine(watermark)]),
    ...(checkpoints === null ? [] : [checkpointLine(checkpoints)]),
  ];
}

/** Operators of a task that is not itself one: a vertex of Flink's tells of itself alone. */
function operatorsBeside({ name, operators }: TaskProgress): readonly OperatorProgress[] {
  return operators.filter((operator) => operator.name !== name);
}

const LONGEST_NAME = 40;

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 3)}...` : name;
}

/** Records a second of all tasks, and the mean share of their time: the tasks are threads of one kind. */
function ratesOf(stretches: readonly TaskStretch[], name: string): readonly [string, string, string] {
  const own = stretches.flatMap(({ operators }) => operators.filter((operator) => operator.name === name));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const shares = own.map(({ busyShare }) => busyShare).filter((share) => share !== null);
  return [
    own.length === 0 ? '–' : whole(sum(own.map(({ inPerSecond }) => inPerSecond))),
    own.length === 0 ? '–' : whole(sum(own.map(({ outPerSecond }) => outPerSecond))),
    shares.length === 0 ? '' : sharePercent(sum(shares) / shares.length),
  ];
}

function stateText(states: readonly (StateSize | null)[]): string {
  const known = states.filter((state) => state !== null);
  if (known.length === 0) return '';
  const total = bytes(known.reduce((sum, state) => sum + state.bytes, 0));
  const entries = known.map((state) => state.entries).filter((count) => count !== null);
  if (entries.length < known.length) return total;
  return `${whole(entries.reduce((sum, count) => sum + count, 0))} entries, ${total}`;
}

function watermarkLine({ heldBackBy, idlePartitions }: NonNullable<Introspection['watermark']>): string {
  const idle = idlePartitions.length === 0 ? '' : `; idle: ${idlePartitions.join(', ')}`;
  if (heldBackBy === null) return `watermark: held back by no partition${idle}`;
  const { partition, behindMs, forMs } = heldBackBy;
  const behind =
    behindMs === null ? 'nothing read of it' : `${significant(behindMs / 1_000)} s behind the furthest`;
  return `watermark: held back by partition ${partition} (${behind}, for ${significant(forMs / 1_000)} s)${idle}`;
}

function checkpointLine({
  completed,
  failed,
  timedOut,
  last,
}: NonNullable<Introspection['checkpoints']>): string {
  const counts = `checkpoints: ${completed} completed, ${failed} failed, of these ${timedOut} timed out`;
  if (last === null) return counts;
  const alignment = last.alignmentMs === null ? '' : `, alignment ${significant(last.alignmentMs)} ms`;
  return `${counts}; last: ${significant(last.durationMs)} ms${alignment}, ${bytes(last.writtenBytes)} written, ${bytes(last.fullBytes)} in all`;
}

/** The first column from the left, the others from the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
