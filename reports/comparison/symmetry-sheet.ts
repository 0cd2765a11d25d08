import type { Cell, Result } from '../model/index.ts';
import { type CellFigures, figuresOf } from './figures.ts';
import { seriesName } from './group.ts';
import type { Sheet } from './sheet.ts';

type Engine = Cell['engine'];

/** What the engines have in common under different names: where one has no such setting, its name is left out. */
interface Concept {
  readonly title: string;
  readonly names: Readonly<Partial<Record<Engine, string>>>;
}

const everywhere = (name: string): Concept['names'] => ({
  event: name,
  flink: name,
  'micro-batch': name,
  spark: name,
});

const CONCEPTS: readonly Concept[] = [
  { title: 'acks', names: everywhere('acks') },
  { title: 'linger, ms', names: everywhere('lingerMs') },
  { title: 'in flight', names: everywhere('maxInFlight') },
  { title: 'fetch wait, ms', names: everywhere('fetchMaxWaitMs') },
  {
    title: 'checkpoint or trigger, ms',
    names: {
      event: 'checkpointIntervalMs',
      flink: 'checkpointIntervalMs',
      'micro-batch': 'triggerIntervalMs',
      spark: 'triggerIntervalMs',
    },
  },
  { title: 'buffer time-out, ms', names: { event: 'bufferTimeoutMs', flink: 'bufferTimeoutMs' } },
  {
    title: 'batch limit, records',
    names: { 'micro-batch': 'maxRecordsPerBatch', spark: 'maxRecordsPerBatch' },
  },
  { title: 'parallelism', names: { event: 'parallelism', flink: 'parallelism', spark: 'cores' } },
  { title: 'state partitions', names: { 'micro-batch': 'statePartitions', spark: 'statePartitions' } },
  {
    title: 'state store',
    names: {
      event: 'stateBackend',
      flink: 'stateBackend',
      'micro-batch': 'stateProvider',
      spark: 'stateStore',
    },
  },
  // Weaker than the guarantee without it: a crash repeats several batches.
  { title: 'batches logged late', names: { 'micro-batch': 'asyncProgressTracking' } },
  {
    title: 'transaction time-out, ms',
    names: {
      event: 'transactionTimeoutMs',
      flink: 'transactionTimeoutMs',
      'micro-batch': 'transactionTimeoutMs',
    },
  },
  { title: 'heap, MiB', names: everywhere('heapMb') },
  { title: 'heartbeat, ms', names: { flink: 'heartbeatIntervalMs' } },
  { title: 'heartbeat time-out, ms', names: { flink: 'heartbeatTimeoutMs' } },
  { title: 'restart strategy', names: { flink: 'restartStrategy' } },
  { title: 'restart delay, ms', names: { flink: 'restartDelayMs' } },
];

/** All engines of a result by what they have in common, a row an engine and profile; null without a real system, where equal things have equal names. */
export function symmetrySheet(result: Result): Sheet | null {
  if (!result.cells.some(({ engine }) => engine === 'flink' || engine === 'spark')) return null;
  const rows = new Map<string, CellFigures[]>();
  for (const cell of result.cells) {
    const name = seriesName(cell);
    rows.set(name, [...(rows.get(name) ?? []), figuresOf(cell)]);
  }
  return {
    title: 'Symmetry sheet',
    caption:
      'What the engines have in common, in one column each whatever they call it; – where one has no such setting. Several values: one a workload or guarantee. A batch limit of 0 is none. Own: the default of the system itself, where the harness has another. Heartbeat, restart, detection: how the death of a process is noticed, and what follows.',
    headers: ['engine', 'profile', 'guarantee', ...CONCEPTS.map(({ title }) => title), 'detection'],
    rows: [...rows].map(([name, cells]) => [
      name,
      distinct(cells.map(({ cell }) => cell.profile)),
      distinct(cells.map(({ cell }) => cell.guarantee)),
      ...CONCEPTS.map((concept) => distinct(cells.map(({ cell }) => settingIn(cell, concept)))),
      distinct(cells.map(({ recovery }) => recovery.value?.detection ?? '–')),
    ]),
  };
}

function settingIn({ engine, settings }: Cell, { names }: Concept): string {
  const own = names[engine];
  const row = settings.find(({ name }) => name === own);
  return row === undefined ? '–' : row.value + systemDefaultText(row);
}

function systemDefaultText({ value, systemDefault }: Cell['settings'][number]): string {
  return systemDefault === undefined || systemDefault === value ? '' : ` (own: ${systemDefault})`;
}

/** Each value once, in their order; what is not there is left out beside what is. */
function distinct(values: readonly string[]): string {
  const known = [...new Set(values.filter((value) => value !== '–'))];
  return known.length === 0 ? '–' : known.join(' | ');
}
