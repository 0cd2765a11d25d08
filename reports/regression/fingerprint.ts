import type { Result, Run } from '../model/index.ts';
import { type MergedCell, passedRuns } from './merged-cell.ts';
import type { Difference } from './regression-report.ts';

const MEMORY_TOLERANCE = 0.05;

/** Rows of machine and broker in which two sides differ and should not; rows named in `vary` may. */
export function sideDifferences(
  base: readonly Result[],
  head: readonly Result[],
  vary: readonly string[],
): readonly Difference[] {
  const rows = differing(sideRows(base), sideRows(head), vary);
  const memory = [...base, ...head].map(({ machine }) => machine.memoryMb);
  const isAlike = Math.max(...memory) <= Math.min(...memory) * (1 + MEMORY_TOLERANCE);
  return rows.filter(({ name }) => name !== 'memoryMb' || !isAlike);
}

function sideRows(results: readonly Result[]): ReadonlyMap<string, string> {
  const rows = new Map<string, Set<string>>();
  const add = (name: string, value: string | number | null) =>
    rows.set(name, (rows.get(name) ?? new Set()).add(value === null ? 'none' : String(value)));
  for (const { machine, broker } of results) {
    add('cpuModel', machine.cpuModel);
    add('cores', machine.cores);
    add('memoryMb', machine.memoryMb);
    add('os', machine.os);
    add('nodeVersion', machine.nodeVersion);
    add('javaVersion', machine.javaVersion);
    add('limits.cpus', machine.limits.cpus);
    add('limits.memoryMb', machine.limits.memoryMb);
    add('broker.kind', broker.kind);
    add('broker.kafkaVersion', broker.kafkaVersion);
    add('broker.heapMb', broker.heapMb);
  }
  return joined(rows);
}

/** Names of all rows that two sides are held against each other by. */
export function rowNames(results: readonly Result[], cells: readonly MergedCell[]): ReadonlySet<string> {
  const ofCells = cells.flatMap((cell) => [...settingRows(cell).keys(), ...runRows(cell).keys()]);
  return new Set([...sideRows(results).keys(), ...ofCells]);
}

/**
 * Rows of one cell in which two sides differ and should not: settings that both have, and log, offered rate and drained events of the
 * kinds of runs that passed on both.
 */
export function cellDifferences(
  base: MergedCell,
  head: MergedCell,
  vary: readonly string[],
): readonly Difference[] {
  return [
    ...differing(settingRows(base), settingRows(head), vary),
    ...differing(runRows(base), runRows(head), vary),
  ];
}

function settingRows({ sheets }: MergedCell): ReadonlyMap<string, string> {
  const rows = new Map<string, Set<string>>();
  for (const { name, value } of sheets.flat()) rows.set(name, (rows.get(name) ?? new Set()).add(value));
  return joined(rows);
}

function runRows({ cell }: MergedCell): ReadonlyMap<string, string> {
  const rows = new Map<string, Set<string>>();
  for (const run of passedRuns(cell)) {
    for (const [name, value] of inputRows(run)) rows.set(name, (rows.get(name) ?? new Set()).add(value));
  }
  return joined(rows);
}

function inputRows(run: Run): readonly (readonly [string, string])[] {
  const log = [`${run.kind}.log`, run.log.sha256.slice(0, 12)] as const;
  if (run.figures === null) return [log];
  switch (run.kind) {
    case 'latency':
    case 'recovery':
      return [log, [`${run.kind}.offeredRatePerSecond`, String(run.figures.offeredRatePerSecond)]];
    case 'drain':
      return [log, ['drain.events', String(run.figures.events)]];
    case 'sustain':
      return [log];
    default:
      return run satisfies never;
  }
}

/** A side that was measured in two ways shows both. */
const joined = (rows: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, string> =>
  new Map([...rows].map(([name, values]) => [name, [...values].sort().join(' | ')]));

function differing(
  base: ReadonlyMap<string, string>,
  head: ReadonlyMap<string, string>,
  vary: readonly string[],
): readonly Difference[] {
  return [...base].flatMap(([name, value]) => {
    const other = head.get(name);
    return other === undefined || other === value || vary.includes(name)
      ? []
      : [{ name, base: value, head: other }];
  });
}
