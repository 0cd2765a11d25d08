import type { OpenBroker } from '../../kafka/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import {
  type CellPlan,
  type Clusters,
  describeTool,
  type LiveListener,
  openContext,
  prepareEngines,
  type RunContext,
  requireUsableKafka,
} from '../run/index.ts';
import { compareRuns } from './compare-runs.ts';
import { type Compared, DIFFER_SCHEMA_VERSION, type DifferResult } from './differ-result.ts';
import { type PlayedLog, playLog } from './play-log.ts';
import { resultRules } from './result-rules.ts';

interface DifferOptions {
  /** Cells that differ in their engine alone, two or more to a group; the first is the one that the others are held against. */
  readonly groups: readonly (readonly CellPlan[])[];
  /** So many differences of an output are kept in full. */
  readonly limit: number;
  readonly broker: OpenBroker;
  readonly clusters?: Clusters;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  readonly live?: LiveListener | undefined;
  /** Called when a group is through. */
  readonly onCompared?: (compared: Compared) => void;
}

/**
 * Plays the log of each group through each of its engines, one after the other, and holds what came out against each other.
 *
 * @throws HARNESS_INTERRUPTED, and the error of an engine that failed
 */
export async function differ(options: DifferOptions): Promise<DifferResult> {
  const { groups, limit, broker, clusters, signal, progress, live, onCompared } = options;
  const engines = new Set(groups.flat().map(({ engine }) => engine));
  requireUsableKafka(engines, broker.connection);
  await prepareEngines(engines, options);
  const { context, close } = await openContext({
    broker,
    clusters,
    floors: [],
    clockResolutionUs: 0,
    signal,
    progress,
    live,
  });
  const runs = groups.flat().length;
  const compared: Compared[] = [];
  let started = 0;
  try {
    for (const group of groups) {
      const done = await compareGroup(context, group, limit, ({ workload, engine, guarantee }) => {
        started += 1;
        const title = `[${started}/${runs}] ${workload}, ${engine}, ${guarantee}`;
        progress(title);
        context.live({ kind: 'begun', title });
        return `cc-${context.sessionId}-${started}`;
      });
      compared.push(done);
      onCompared?.(done);
    }
  } finally {
    context.live({ kind: 'ended' });
    await close();
  }
  return {
    schemaVersion: DIFFER_SCHEMA_VERSION,
    tool: describeTool(),
    compared,
    isSame: compared.every(isAllSame),
  };
}

/** Whether every pair is the same and every run right. */
function isAllSame({ runs, pairs }: Compared): boolean {
  return runs.every(({ oraclePassed }) => oraclePassed) && pairs.every(({ isSame }) => isSame);
}

async function compareGroup(
  context: RunContext,
  group: readonly CellPlan[],
  limit: number,
  begin: (cell: CellPlan) => string,
): Promise<Compared> {
  const [first, ...others] = group as [CellPlan, ...CellPlan[]];
  const log = await context.logs.get({
    ...first.log,
    workload: first.workload,
    seed: first.seed,
    events: first.drainEvents,
  });
  const rules = await resultRules(context, first);
  const play = (cell: CellPlan): Promise<PlayedLog> => playLog(context, cell, log, begin(cell));
  const base = await play(first);
  const runs = [describeRun(base)];
  const pairs: Compared['pairs'] = [];
  for (const cell of others) {
    const other = await play(cell);
    runs.push(describeRun(other));
    pairs.push(compareRuns(base, other, rules, limit));
  }
  return { ...describeGroup(first, log), runs, pairs };
}

function describeGroup(
  { workload, guarantee, profile }: CellPlan,
  { sha256, count }: RecordedLog,
): Pick<Compared, 'workload' | 'guarantee' | 'profile' | 'log'> {
  return { workload, guarantee, profile, log: { sha256, records: count } };
}

function describeRun({
  engine,
  wallMs,
  outputs,
  oraclePassed,
  oracleReasons,
}: PlayedLog): Compared['runs'][number] {
  const records = Object.fromEntries(Object.entries(outputs).map(([name, { length }]) => [name, length]));
  return { engine, wallMs, records, oraclePassed, oracleReasons: [...oracleReasons] };
}
