import { createHash } from 'node:crypto';
import type { Cell, Result, Run } from '../model/index.ts';
import type { Configuration } from './configuration.ts';
import { configurationName } from './configuration-name.ts';
import { withDistinctNames } from './distinct-names.ts';
import { type Ground, groundsOf } from './ground.ts';
import { drainPoints, latencyPoints, recoveryPoints, type SourcedRun, searchPoints } from './points.ts';

export interface LoadedResult {
  /** Where it is from, as it was named. */
  readonly file: string;
  readonly result: Result;
}

export interface Evidence {
  /** In the order in which they were first met. */
  readonly configurations: readonly Configuration[];
  /** More than one: results of several machines, brokers or versions are mixed. */
  readonly grounds: readonly Ground[];
}

/**
 * What results say of each configuration. Runs of one configuration are put together wherever they are from; only runs that passed
 * carry figures, refused and wrong ones are counted.
 *
 * @param loaded each result once: a result that is there twice would count twice (`readEvidence` sees to it)
 */
export function evidenceOf(loaded: readonly LoadedResult[]): Evidence {
  const gathered = new Map<string, { cell: Cell; runs: SourcedRun[] }>();
  for (const { file, result } of loaded) {
    for (const cell of result.cells) {
      for (const part of apartByLog(cell)) {
        const id = configurationId(part);
        const known = gathered.get(id) ?? { cell: part, runs: [] };
        known.runs.push(...part.runs.map((run) => ({ run, file })));
        gathered.set(id, known);
      }
    }
  }
  return {
    configurations: withDistinctNames(
      [...gathered].map(([id, { cell, runs }]) => configurationOf(id, cell, runs)),
    ),
    grounds: groundsOf(loaded),
  };
}

/** Variables that are no part of a configuration: the rate has a point of its own. */
const RATES: ReadonlySet<string> = new Set(['rate', 'ratePerSecond']);

function configurationOf(id: string, cell: Cell, runs: readonly SourcedRun[]): Configuration {
  const variables = Object.fromEntries(Object.entries(cell.variables).filter(([name]) => !RATES.has(name)));
  const passed = runs.filter(({ run }) => run.outcome === 'passed').length;
  const wrong = runs.filter(({ run }) => run.outcome === 'oracle-failed').length;
  const peaks = runs.flatMap(({ run: { outcome, cost } }) =>
    outcome === 'passed' && cost !== null
      ? [cost.processes.reduce((sum, process) => sum + process.peakRssMb, 0)]
      : [],
  );
  return {
    id,
    name: configurationName({ ...cell, variables }),
    workload: cell.workload,
    engine: cell.engine,
    profile: cell.profile,
    guarantee: cell.guarantee,
    keys: keysOf(cell),
    variables,
    settings: cell.settings,
    latencies: latencyPoints(runs),
    drains: drainPoints(runs),
    searches: searchPoints(runs),
    recoveries: recoveryPoints(runs),
    peakRssMb: peaks.length === 0 ? null : Math.max(...peaks),
    runs: { passed, wrong, refused: runs.length - passed - wrong },
    files: [...new Set(runs.map(({ file }) => file))],
  };
}

/** Rows of the log's specification that say how long it is and not what is in it. */
const LENGTHS: ReadonlySet<string> = new Set(['events', 'seed', 'workload']);

function contentOf({ log }: Run): string {
  const rows = Object.entries(log.specification).filter(([name]) => !LENGTHS.has(name));
  return JSON.stringify(rows.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function apartByLog(cell: Cell): readonly Cell[] {
  const contents = new Map<string, Run[]>();
  for (const run of cell.runs) {
    const content = contentOf(run);
    contents.set(content, [...(contents.get(content) ?? []), run]);
  }
  return [...contents.values()].map((runs) => ({ ...cell, runs }));
}

function configurationId(cell: Cell): string {
  const { workload, engine, profile, guarantee, settings, runs } = cell;
  const rows = settings.map(({ name, value }) => [name, value]);
  const content = runs[0] === undefined ? '' : contentOf(runs[0]);
  const text = JSON.stringify([workload, engine, profile, guarantee, rows, content]);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${engine}-${hash}`;
}

function keysOf({ runs }: Cell): number | null {
  const keys = runs[0]?.log.specification.keys;
  return typeof keys === 'number' ? keys : null;
}
