import { bytes, significant, whole } from '../numbers/index.ts';
import { type Group, seriesName } from './group.ts';
import { measuredRuns } from './measured-runs.ts';
import { middleRun } from './middle-run.ts';
import type { Sheet } from './sheet.ts';

/** What each process of the engines took in a latency run, from the operating system; null without a latency run that tells. */
export function costSheet(group: Group): Sheet | null {
  const rows = group.cells.flatMap(({ cell }) => {
    const run = middleRun(measuredRuns(cell, 'latency'), ({ figures }) => figures.latency.p99 ?? 0);
    return (run?.cost?.processes ?? []).map((process) => ({ name: seriesName(cell), process }));
  });
  if (rows.length === 0) return null;
  const count = (value: number | null) => (value === null ? '–' : whole(value));
  return {
    title: `${group.workload}, ${group.guarantee}: resources of a latency run`,
    caption:
      'Of each process of the engine, from the operating system over the whole run; pauses of the garbage collector from its runtime. Of several runs the one with the middle p99.',
    headers: [
      'engine',
      'process',
      'CPU, s',
      'peak RSS, MiB',
      'threads',
      'switches, own',
      'switches, forced',
      'written',
      'GC pauses',
      'GC total, ms',
      'GC longest, ms',
    ],
    rows: rows.map(({ name, process }) => [
      name,
      process.name,
      significant(process.cpuSeconds),
      significant(process.peakRssMb),
      count(process.peakThreads),
      count(process.voluntarySwitches),
      count(process.involuntarySwitches),
      process.bytesWritten === null ? '–' : bytes(process.bytesWritten),
      process.gc === null ? '–' : whole(process.gc.pauses),
      process.gc === null ? '–' : significant(process.gc.totalMs),
      process.gc === null ? '–' : significant(process.gc.longestMs),
    ]),
  };
}
