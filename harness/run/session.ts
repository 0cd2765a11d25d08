import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CrosscurrentError } from '../../errors/index.ts';
import { connect, type OpenBroker } from '../../kafka/index.ts';
import {
  type Cell,
  RESULT_KIND,
  type Result,
  type Run,
  SCHEMA_VERSION,
  writeResult,
} from '../../reports/model/index.ts';
import { harnessErrors } from '../errors.ts';
import type { RunContext } from './context.ts';
import { drainRun } from './drain-run.ts';
import { PIPELINES, pipelineNamed } from './engines.ts';
import { describeMachine, describeTool } from './environment.ts';
import { failedRun } from './failed-run.ts';
import { latencyRun } from './latency-run.ts';
import { LogCache } from './log-cache.ts';
import type { CellPlan, Measure } from './plan.ts';
import { recoveryRun } from './recovery-run.ts';

export interface SessionOptions {
  readonly cells: readonly CellPlan[];
  readonly broker: OpenBroker;
  readonly seed: number;
  /** As the user gave them. */
  readonly command: readonly string[];
  /** Folder of result.json; made if missing. */
  readonly outputFolder: string;
  /** A discarded run of each engine first: it warms the broker and the engines' compiled code, which the first cell would pay for otherwise. */
  readonly warmUp: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
}

/** Logs of a cell's three runs, kept for the other engine. */
const LOGS_KEPT = 3;

/**
 * Runs the cells one after the other, each run in fresh processes with fresh topics. The result file is written anew after every run, so an
 * interrupted session keeps what was complete: the result then says `interrupted`.
 */
export async function runSession(options: SessionOptions): Promise<Result> {
  const { broker, signal, progress } = options;
  await makeFolder(options.outputFolder);
  const result: Result = {
    kind: RESULT_KIND,
    schemaVersion: SCHEMA_VERSION,
    createdAt: new Date().toISOString(),
    command: [...options.command],
    seed: options.seed,
    status: 'interrupted',
    tool: describeTool(),
    machine: describeMachine(),
    broker: {
      kind: broker.kind,
      description: broker.description,
      kafkaVersion: broker.kafkaVersion,
      heapMb: broker.heapMb,
      comparable: broker.comparable,
    },
    versions: {},
    cells: [],
    floors: [],
    noiseFloors: [],
  };
  const resultPath = join(options.outputFolder, 'result.json');
  const workFolder = await mkdtemp(join(tmpdir(), 'crosscurrent-'));
  const client = await connect(broker.connection);
  const context: RunContext = {
    connection: broker.connection,
    client,
    pipelines: PIPELINES,
    logs: new LogCache(LOGS_KEPT),
    workFolder,
    brokerProcessId: broker.processId,
    floors: result.floors,
    clockResolutionUs: result.machine.clockResolutionUs ?? 0,
    sessionId: randomBytes(4).toString('hex'),
    signal,
    progress,
  };
  try {
    const total = options.cells.reduce((runs, cell) => runs + cell.measures.length, 0);
    let started = 0;
    if (options.warmUp) await warmUp(context, options.cells);
    for (const plan of options.cells) {
      const cell = emptyCell(plan);
      result.cells.push(cell);
      for (const measure of plan.measures) {
        if (signal.aborted) return result;
        started += 1;
        progress(`[${started}/${total}] ${plan.workload}, ${plan.engine}, ${plan.guarantee}: ${measure}`);
        const run = await attempt(context, plan, measure, `cc-${context.sessionId}-${started}`);
        if (!run) return result;
        cell.runs.push(run);
        await writeResult(result, resultPath);
      }
    }
    result.status = 'complete';
    return result;
  } finally {
    await writeResult(withoutEmptyCells(result), resultPath);
    await client.close();
    await rm(workFolder, { recursive: true, force: true });
  }
}

const WARM_UP_MS = 5_000;

/** One short run of each engine at its first cell's rate, its figures thrown away. */
async function warmUp(context: RunContext, cells: readonly CellPlan[]): Promise<void> {
  const firstOfEngine = new Map(cells.toReversed().map((cell) => [cell.engine, cell]));
  for (const cell of [...firstOfEngine.values()].toReversed()) {
    if (context.signal.aborted) return;
    context.progress(`warm-up: ${cell.workload}, ${cell.engine}`);
    const plan = { ...cell, warmupMs: 0, warmupLimitMs: null, durationMs: WARM_UP_MS };
    await attempt(context, plan, 'latency', `cc-${context.sessionId}-warm-up-${cell.engine}`);
  }
}

/** A failed run is a result too; undefined when the user interrupted it. */
async function attempt(
  context: RunContext,
  plan: CellPlan,
  measure: Measure,
  runId: string,
): Promise<Run | undefined> {
  const startedAt = new Date();
  try {
    switch (measure) {
      case 'latency':
        return await latencyRun(context, plan, runId);
      case 'drain':
        return await drainRun(context, plan, runId);
      case 'recovery':
        return await recoveryRun(context, plan, runId);
      default:
        return measure satisfies never;
    }
  } catch (error) {
    if (context.signal.aborted) return undefined;
    if (!(error instanceof CrosscurrentError)) throw error;
    context.progress(`${error.code}: ${error.message}`);
    return failedRun(plan, measure, runId, startedAt, error);
  }
}

function emptyCell(plan: CellPlan): Cell {
  return {
    workload: plan.workload,
    engine: plan.engine,
    profile: plan.profile,
    guarantee: plan.guarantee,
    settings: [
      ...pipelineNamed(plan.engine).settingsSheet(plan.settings),
      { name: 'heapMb', value: String(plan.heapMb), source: 'default' },
      { name: 'inputPartitions', value: String(plan.log.partitions), source: 'default' },
    ],
    variables: { ...plan.variables },
    runs: [],
  };
}

function withoutEmptyCells(result: Result): Result {
  result.cells = result.cells.filter((cell) => cell.runs.length > 0);
  return result;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw harnessErrors.error('HARNESS_OUTPUT_FOLDER', { folder, problem: (error as Error).message }, error);
  }
}
