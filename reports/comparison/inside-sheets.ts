import type { Run, RunIntrospection } from '../model/index.ts';
import { bytes, sharePercent, significant, whole } from '../numbers/index.ts';
import { batchesSheet, type SeenBatches } from './batches-sheet.ts';
import { type Group, seriesName } from './group.ts';
import { measuredRuns } from './measured-runs.ts';
import { middleRun } from './middle-run.ts';
import type { Sheet } from './sheet.ts';

interface Seen {
  readonly name: string;
  readonly introspection: RunIntrospection;
}

/** What the engines told of their insides: their operators, and what checkpoints and watermarks were like. */
export function insideSheets(group: Group): readonly (Sheet | null)[] {
  const runs = group.cells.flatMap(({ cell }) => {
    const latency = middleRun(measuredRuns(cell, 'latency'), ({ figures }) => figures.latency.p99 ?? 0);
    const drain = middleRun(measuredRuns(cell, 'drain'), ({ figures }) => figures.eventsPerSecond);
    const run: Run | null = latency ?? drain;
    return run === null ? [] : [{ name: seriesName(cell), run }];
  });
  const seen = runs.flatMap(({ name, run: { introspection } }): readonly Seen[] =>
    introspection === null ? [] : [{ name, introspection }],
  );
  const batches = runs.flatMap(({ name, run }): readonly SeenBatches[] =>
    run.batches === null ? [] : [{ name, batches: run.batches }],
  );
  return [
    ...(seen.length === 0 ? [] : [operatorsSheet(group, seen), checkpointsSheet(group, seen)]),
    ...(batches.length === 0 ? [] : [batchesSheet(group, batches)]),
  ];
}

function operatorsSheet(group: Group, seen: readonly Seen[]): Sheet {
  return {
    title: `${group.workload}, ${group.guarantee}: operators of a run`,
    caption:
      'As each engine tells it: rates and shares are medians over the measured part of a latency run (the one with the middle p99; of a drain where there is none). Operators are summed over their tasks, their busy share is of the time of these tasks together. A task is a slot of the event-driven engine or a vertex of Flink.',
    headers: [
      'engine',
      'what',
      'records in',
      'records out',
      'in, /s',
      'out, /s',
      'busy',
      'back-pressured',
      'idle',
      'state',
    ],
    rows: seen.flatMap(({ name, introspection }) => [
      ...operatorRows(introspection).map((row) => [name, ...row]),
      ...introspection.tasks.map(({ name: task, shares }) => [
        name,
        task,
        ...countsOf(introspection, task),
        ...(shares === null
          ? ['–', '–', '–']
          : [shares.busy, shares.backPressured, shares.idle].map(sharePercent)),
        '–',
      ]),
    ]),
  };
}

/** Each operator once, over all tasks that run it. */
function operatorRows({ tasks }: RunIntrospection): readonly (readonly string[])[] {
  const all = tasks.flatMap(({ name, operators }) => operators.filter((operator) => operator.name !== name));
  return [...new Set(all.map(({ name }) => name))].map((name) => {
    const own = all.filter((operator) => operator.name === name);
    const shares = known(own.map(({ busyShare }) => busyShare));
    const states = known(own.map(({ state }) => state));
    const entries = known(states.map((state) => state.entries));
    const size = bytes(sum(states.map((state) => state.bytes)));
    return [
      name,
      whole(sum(own.map(({ recordsIn }) => recordsIn))),
      whole(sum(own.map(({ recordsOut }) => recordsOut))),
      rate(own.map(({ inPerSecond }) => inPerSecond)),
      rate(own.map(({ outPerSecond }) => outPerSecond)),
      shares.length === 0 ? '–' : sharePercent(sum(shares) / shares.length),
      '–',
      '–',
      states.length === 0
        ? '–'
        : entries.length < states.length
          ? size
          : `${whole(sum(entries))} entries, ${size}`,
    ];
  });
}

/** Of a task that is one operator: what it counts. */
function countsOf({ tasks }: RunIntrospection, name: string): readonly string[] {
  const own = tasks.find((task) => task.name === name)?.operators.find((operator) => operator.name === name);
  if (own === undefined) return ['–', '–', '–', '–'];
  return [whole(own.recordsIn), whole(own.recordsOut), rate([own.inPerSecond]), rate([own.outPerSecond])];
}

function checkpointsSheet(group: Group, seen: readonly Seen[]): Sheet | null {
  const told = seen.filter(
    ({ introspection }) => introspection.checkpoints !== null || introspection.watermark !== null,
  );
  if (told.length === 0) return null;
  return {
    title: `${group.workload}, ${group.guarantee}: checkpoints and watermark of a run`,
    caption:
      'Of the same run, when it was last heard before the stop: how checkpoints had ended and what the newest was like, and which partition held the watermark back.',
    headers: [
      'engine',
      'completed',
      'failed',
      'timed out',
      'last, ms',
      'alignment, ms',
      'written',
      'in all',
      'held back by',
      'idle partitions',
    ],
    rows: told.map(({ name, introspection: { checkpoints, watermark } }) => {
      const last = checkpoints?.last ?? null;
      const count = (value: number | undefined): string => (value === undefined ? '–' : whole(value));
      return [
        name,
        count(checkpoints?.completed),
        count(checkpoints?.failed),
        count(checkpoints?.timedOut),
        last === null ? '–' : significant(last.durationMs),
        last === null || last.alignmentMs === null ? '–' : significant(last.alignmentMs),
        last === null ? '–' : bytes(last.writtenBytes),
        last === null ? '–' : bytes(last.fullBytes),
        heldBackText(watermark),
        watermark === null || watermark.idlePartitions.length === 0
          ? '–'
          : watermark.idlePartitions.join(' '),
      ];
    }),
  };
}

function heldBackText(watermark: RunIntrospection['watermark']): string {
  const holder = watermark?.heldBackBy;
  if (!holder) return '–';
  const { partition, behindMs, forMs } = holder;
  const behind = behindMs === null ? '' : `${significant(behindMs / 1_000)} s behind, `;
  return `partition ${partition} (${behind}for ${significant(forMs / 1_000)} s)`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function known<Value>(values: readonly (Value | null)[]): readonly Value[] {
  return values.filter((value): value is Value => value !== null);
}

/** Of several tasks together; unknown where one does not tell. */
function rate(values: readonly (number | null)[]): string {
  const rates = known(values);
  return rates.length < values.length ? '–' : significant(sum(rates));
}
