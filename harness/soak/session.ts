import { join } from 'node:path';
import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import { CrosscurrentError, type ExitReason } from '../../errors/index.ts';
import type { OpenBroker } from '../../kafka/index.ts';
import { writeWhole } from '../../reports/model/index.ts';
import type { RecordedLog } from '../../workloads/index.ts';
import { type PlayedLog, playLog, resultRules } from '../differ/index.ts';
import {
  type CellPlan,
  describeTool,
  type LiveListener,
  openContext,
  pipelineNamed,
  prepareEngines,
  type RunContext,
  requireUsableKafka,
  settingsOf,
} from '../run/index.ts';
import { compareToReference, type Deviations, isKept } from './compare-to-reference.ts';
import { planSoakKills } from './kill-plan.ts';
import {
  SOAK_FILE_NAME,
  SOAK_SCHEMA_VERSION,
  type SoakCell,
  type SoakResult,
  soakResultSchema,
} from './soak-result.ts';
import { type SoakProgress, type SoakRun, soakRun } from './soak-run.ts';
import { soakedKills } from './soaked-kill.ts';

interface SoakOptions {
  /** Each with its kills and the records of its log (`drainEvents`). */
  readonly cells: readonly CellPlan[];
  /** As `SoakPlan` has them. */
  readonly parallelisms: readonly number[];
  readonly seed: number;
  readonly broker: OpenBroker;
  /** As the user gave them. */
  readonly command: readonly string[];
  /** Folder of the result. */
  readonly outputFolder: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  readonly live?: LiveListener | undefined;
}

/**
 * Plays the log of each cell twice: once without kills, which gives the reference, and once while the engine is killed by the seed's plan; what was
 * committed must be the same. Cells of one engine and log share a reference. The result is written after every cell; Ctrl-C ends the cell under way,
 * and what is known of it is in the result.
 *
 * @throws HARNESS_INTERRUPTED when nothing has run yet
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { cells, parallelisms, seed, broker, command, outputFolder, signal, progress, live } = options;
  const engines = new Set(cells.map(({ engine }) => engine));
  requireUsableKafka(engines, broker.connection);
  await prepareEngines(engines, options);
  const { context, close } = await openContext({
    broker,
    floors: [],
    clockResolutionUs: 0,
    signal,
    progress,
    live,
  });
  const result: SoakResult = {
    schemaVersion: SOAK_SCHEMA_VERSION,
    createdAt: new Date().toISOString(),
    command: [...command],
    tool: describeTool(),
    broker: broker.description,
    seed,
    status: 'interrupted',
    cells: [],
  };
  const references = new Map<string, Reference>();
  try {
    for (const [index, cell] of cells.entries()) {
      const { workload, engine, guarantee, profile } = cell;
      const place = [workload, engine, guarantee, ...pointOf(cell)].join(', ');
      const title = `[${index + 1}/${cells.length}] ${place}`;
      context.live({ kind: 'begun', title });
      progress(title);
      const key = JSON.stringify([workload, engine, profile]);
      const soaked = await soakCell(
        context,
        { cell, parallelisms },
        references.get(key),
        `cc-${context.sessionId}-${index}`,
      );
      if (soaked.reference !== undefined) references.set(key, soaked.reference);
      result.cells.push(soaked.cell);
      if (!signal.aborted && index === cells.length - 1) result.status = 'complete';
      await writeWhole(
        join(outputFolder, SOAK_FILE_NAME),
        `${JSON.stringify(soakResultSchema.parse(result), undefined, 2)}\n`,
      );
      if (signal.aborted) break;
    }
  } finally {
    context.live({ kind: 'ended' });
    await close();
  }
  return result;
}

/** How a soak ends: a broken guarantee beats a run that failed. */
export function soakExitReason({ cells, status }: SoakResult): ExitReason {
  const outcomes = new Set(cells.map(({ outcome }) => outcome));
  if (outcomes.has('broken')) return 'oracle';
  if (outcomes.has('failed')) return 'crash';
  return status === 'interrupted' ? 'interrupted' : 'ok';
}

interface Reference {
  readonly log: RecordedLog;
  readonly played: PlayedLog;
}

interface SoakedCell {
  readonly cell: SoakCell;
  /** Undefined where the run ended before there was one. */
  readonly reference: Reference | undefined;
}

/** An expected failure is a result too; an unexpected one is thrown. */
async function soakCell(
  context: RunContext,
  { cell, parallelisms }: { readonly cell: CellPlan; readonly parallelisms: readonly number[] },
  known: Reference | undefined,
  runId: string,
): Promise<SoakedCell> {
  const startedNs = process.hrtime.bigint();
  const sofar: SoakProgress = { sent: [], startNs: null, events: [], firstWrongAfterKills: null };
  let reference = known;
  const describe = (ended: Ended): SoakedCell => ({
    cell: {
      ...describeCell(cell, reference?.log, sofar, ended),
      parallelisms: [...parallelisms],
      wallMs: Number(process.hrtime.bigint() - startedNs) / 1e6,
    },
    reference,
  });
  try {
    reference ??= await playReference(context, cell, `${runId}-reference`);
    const { oraclePassed, oracleReasons } = reference.played;
    if (!oraclePassed) {
      return describe({ how: 'wrong-reference', reasons: oracleReasons });
    }
    const { kills, seed, workload, engine, profile, guarantee } = cell;
    const name = [workload, engine, profile, guarantee, ...pointOf(cell)].join(' ');
    const plan = { kills: planSoakKills({ kills, seed, name, guarantee }), parallelisms };
    const run = await soakRun(context, cell, reference.log, runId, plan, sofar);
    const rules = await resultRules(context, cell);
    const lastOfEach = rules.lastOfEach && !run.everyChange;
    const compared = compareToReference(reference.played.outputs, run.outputs, {
      identity: rules.identity,
      lastOfEach,
      inOrder: run.everyChange,
      mayBeMissing: rules.mayBeMissing,
      guarantee,
    });
    // Of values that are merged as it comes only the oracle knows which came again.
    const { duplicates } = run.verification;
    const deviations = lastOfEach ? { ...compared, duplicated: duplicates } : compared;
    return describe({ how: 'ended', run, deviations });
  } catch (error) {
    if (context.signal.aborted) return describe({ how: 'interrupted' });
    if (!(error instanceof CrosscurrentError)) throw error;
    context.progress(`${error.code}: ${error.message}`);
    return describe({ how: 'failed', error });
  }
}

/** What tells a cell of a sweep from its neighbours. */
const pointOf = ({ variables }: CellPlan): readonly string[] =>
  Object.entries(variables).map(([name, value]) => `${name}=${value}`);

async function playReference(context: RunContext, cell: CellPlan, runId: string): Promise<Reference> {
  const { workload, seed, drainEvents: events } = cell;
  const log = await context.logs.get({ ...cell.log, workload, seed, events });
  context.progress(`without kills: ${log.count} records`);
  return { log, played: await playLog(context, cell, log, runId) };
}

type Ended =
  | { readonly how: 'ended'; readonly run: SoakRun; readonly deviations: Deviations }
  | { readonly how: 'wrong-reference'; readonly reasons: readonly string[] }
  | { readonly how: 'interrupted' }
  | { readonly how: 'failed'; readonly error: CrosscurrentError };

function describeCell(
  cell: CellPlan,
  log: RecordedLog | undefined,
  { sent, startNs, events, firstWrongAfterKills }: SoakProgress,
  ended: Ended,
): Omit<SoakCell, 'parallelisms' | 'wallMs'> {
  const { workload, engine, profile, guarantee, ratePerSecond } = cell;
  const aftermath = ended.how === 'ended' ? ended.run.aftermath : { events, outputArrivalsNs: [] };
  const kills = soakedKills(sent, { startNs: startNs ?? 0n, ...aftermath });
  const told = (kind: PipelineEvent['kind']): number => events.filter((event) => event.kind === kind).length;
  return {
    workload,
    engine,
    profile: [...(profile === 'default' && pointOf(cell).length > 0 ? [] : [profile]), ...pointOf(cell)].join(
      ' ',
    ),
    guarantee,
    settings: settingsOf(cell, pipelineNamed(engine)).map(({ name, value, source }) => ({
      name,
      value,
      source,
    })),
    log: log === undefined ? null : { sha256: log.sha256, records: log.count },
    ratePerSecond,
    plannedKills: cell.kills,
    outcome: outcomeOf(ended, guarantee),
    error: ended.how === 'failed' ? { code: ended.error.code, message: ended.error.message } : null,
    kills,
    recoveries: kills.filter(({ runningMs }) => runningMs !== null).length,
    killsInRestarts: kills.filter(({ phase }) => phase === 'restarting' || phase === 'restoring').length,
    checkpointsCompleted: told('checkpoint-completed') + told('batch-completed'),
    checkpointsFailed: told('checkpoint-failed'),
    deviations:
      ended.how === 'ended' ? { ...ended.deviations, examples: [...ended.deviations.examples] } : null,
    oracle: oracleOf(ended),
    firstWrongAfterKills,
  };
}

function outcomeOf(ended: Ended, guarantee: CellPlan['guarantee']): SoakCell['outcome'] {
  switch (ended.how) {
    case 'ended':
      return ended.run.verification.passed && isKept(ended.deviations, guarantee) ? 'kept' : 'broken';
    case 'wrong-reference':
      return 'broken';
    case 'interrupted':
    case 'failed':
      return ended.how;
    default:
      return ended satisfies never;
  }
}

function oracleOf(ended: Ended): SoakCell['oracle'] {
  switch (ended.how) {
    case 'ended':
      return { passed: ended.run.verification.passed, reasons: [...ended.run.verification.reasons] };
    case 'wrong-reference':
      return { passed: false, reasons: ended.reasons.map((reason) => `without kills: ${reason}`) };
    case 'interrupted':
    case 'failed':
      return null;
    default:
      return ended satisfies never;
  }
}
