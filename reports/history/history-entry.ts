import { seriesName, summaryOf } from '../comparison/index.ts';
import type { Cell, MetricId, Result, Run } from '../model/index.ts';
import { runMetrics } from '../model/index.ts';
import { median } from '../statistics/index.ts';
import type { HistoryEntry, HistoryValue } from './history.ts';

/** What a history keeps of a result. */
export function historyEntry(result: Result, path: string, hasReport: boolean): HistoryEntry {
  const { verdict, passed } = summaryOf(result);
  return {
    path,
    createdAt: result.createdAt,
    gitCommit: result.tool.gitCommit,
    gitDirty: result.tool.gitDirty,
    command: result.command,
    status: result.status,
    verdict,
    passed,
    fingerprint: fingerprintOf(result),
    hasReport,
    values: result.cells.flatMap(valuesOf),
  };
}

function fingerprintOf({ machine, broker }: Result): string {
  const limits = [
    machine.limits.cpus === null ? null : `limited to ${machine.limits.cpus} CPUs`,
    machine.limits.memoryMb === null ? null : `limited to ${machine.limits.memoryMb} MiB`,
  ];
  return [
    `${machine.cpuModel} x ${machine.cores}`,
    `${machine.memoryMb} MiB`,
    ...limits,
    machine.os,
    `Node ${machine.nodeVersion}`,
    machine.javaVersion === null ? null : `Java ${machine.javaVersion}`,
    `${broker.kind} broker${broker.kafkaVersion === null ? '' : ` ${broker.kafkaVersion}`}`,
    broker.heapMb === null ? null : `${broker.heapMb} MiB heap`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function valuesOf(cell: Cell): readonly HistoryValue[] {
  const samples = new Map<string, { metric: MetricId; ratePerSecond: number | null; values: number[] }>();
  for (const run of cell.runs.filter(({ outcome }) => outcome === 'passed')) {
    const ratePerSecond = rateOf(run);
    for (const [id, value] of Object.entries(runMetrics(run))) {
      if (value === null) continue;
      const metric = id as MetricId;
      const key = JSON.stringify([metric, ratePerSecond]);
      const sample = samples.get(key) ?? { metric, ratePerSecond, values: [] };
      sample.values.push(value);
      samples.set(key, sample);
    }
  }
  const { workload, engine, profile, guarantee, variables } = cell;
  return [...samples.values()].flatMap(({ metric, ratePerSecond, values }) => {
    const value = median(values);
    if (value === null) return [];
    const of = { workload, engine, profile, guarantee, variables, cell: seriesName(cell) };
    return [{ ...of, ratePerSecond, metric, value, runs: values.length }];
  });
}

function rateOf(run: Run): number | null {
  return (run.kind === 'latency' || run.kind === 'recovery') && run.figures !== null
    ? run.figures.offeredRatePerSecond
    : null;
}
