import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineName } from '../../engines/pipeline/index.ts';
import type { OpenBroker } from '../../kafka/index.ts';
import { type Cell, RESULT_FILE_NAME, type Result, writeResult } from '../../reports/model/index.ts';
import { harnessErrors } from '../errors.ts';
import { DEFAULT_ATTEMPTS, type Repeat, repeatsOf } from './attempts.ts';
import type { Clusters } from './clusters.ts';
import type { RunContext } from './context.ts';
import { type Pipelines, pipelinesOn } from './engines.ts';
import { roughly, TimeLeft } from './estimate.ts';
import { floorsLeft, LONGEST_FLOOR_MS, plannedFloorsMs } from './floors-left.ts';
import type { PlannedRun } from './interleave.ts';
import type { LiveListener } from './live-event.ts';
import { measureFloors } from './measure-floors.ts';
import { cellIn, emptyCell, newResult } from './new-result.ts';
import { oneRun } from './one-run.ts';
import { openContext } from './open-context.ts';
import { canBeWarmed } from './pace.ts';
import type { CellPlan } from './plan.ts';
import { requireUsableKafka } from './require-runnable.ts';

export interface SessionOptions {
  /** In the order in which they run; repeats of one measure of a cell ascend. */
  readonly runs: readonly PlannedRun[];
  readonly broker: OpenBroker;
  /** Where the real engines run, if not here. */
  readonly clusters?: Clusters | undefined;
  readonly seed: number;
  /** As the user gave them. */
  readonly command: readonly string[];
  /** Folder of result.json; made if missing. */
  readonly outputFolder: string;
  /** A discarded run of each embedded engine first: it warms the broker and the engines' compiled code, which the first cell would pay for otherwise. */
  readonly warmUp: boolean;
  /** How often a refused run is tried in all; 3 where left out. */
  readonly attempts?: number;
  /** Whether latency and rate without an engine are measured before the first run of each workload and rate; no where left out. */
  readonly floors?: boolean;
  /** An interrupted result of the same runs: what it holds is not run again. It is continued in place. */
  readonly resumed?: Result;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  /** Hears what goes on, where somebody looks on. */
  readonly live?: LiveListener | undefined;
  /** Hears every few seconds what the operators of the engine do. */
  readonly details?: RunContext['details'];
  /** Hears of each batch of an engine that tells of them. */
  readonly onBatch?: RunContext['onBatch'];
}

/**
 * Works through a queue of runs, each in fresh processes with fresh topics. A refused run is tried again; its refusal stays in the
 * result. The result file is written anew after every run, so an interrupted session keeps what was complete: the result then says
 * `interrupted`, and the same runs with it as `resumed` go on from there.
 */
export async function runSession(options: SessionOptions): Promise<Result> {
  const engines = new Set(options.runs.map(({ cell }) => cell.engine));
  return await inSession(options, options.resumed ?? newResult(options), engines, (context, result) =>
    workThrough(context, options, result),
  );
}

/** A session without runs: what passes with no engine at each workload and rate of the cells. */
export async function runFloors(
  cells: readonly CellPlan[],
  options: Omit<SessionOptions, 'runs' | 'warmUp' | 'floors' | 'resumed'>,
): Promise<Result> {
  return await inSession(options, newResult(options), new Set(), async (context, result) => {
    const { attempts = DEFAULT_ATTEMPTS } = options;
    const floors = [...floorsLeft(cells, [], Number.POSITIVE_INFINITY).values()];
    context.live(FLOORS_BEGUN);
    await measureFloors(context, floors, attempts, '', async (floor) => {
      result.floors.push(floor);
    });
    if (!options.signal.aborted) result.status = 'complete';
  });
}

const FLOORS_BEGUN = { kind: 'begun', title: 'no engine: generator, broker and observer alone' } as const;

async function inSession(
  options: Omit<SessionOptions, 'runs' | 'warmUp'>,
  result: Result,
  engines: ReadonlySet<EngineName>,
  act: (context: RunContext, result: Result) => Promise<void>,
): Promise<Result> {
  const { broker, clusters, signal, progress, live, details, onBatch, outputFolder } = options;
  requireUsableKafka(engines, broker.connection);
  await prepareEngines(engines, options);
  await makeFolder(outputFolder);
  result.status = 'interrupted';
  const { context, close } = await openContext({
    broker,
    clusters,
    floors: result.floors,
    clockResolutionUs: result.machine.clockResolutionUs ?? 0,
    signal,
    progress,
    live,
    details,
    onBatch,
  });
  try {
    await act(context, result);
    return result;
  } finally {
    context.live({ kind: 'ended' });
    await writeResult(result, join(outputFolder, RESULT_FILE_NAME));
    await close();
  }
}

/** Makes what the engines need before there is any result: where that fails, nothing of the session is left. */
export async function prepareEngines(
  engines: ReadonlySet<EngineName>,
  { clusters = {}, signal, progress }: Pick<SessionOptions, 'clusters' | 'signal' | 'progress'>,
): Promise<void> {
  const pipelines = pipelinesOn(clusters);
  try {
    for (const engine of engines) await pipelines.get(engine)?.prepare(progress);
  } catch (error) {
    // Ctrl-C reaches what a preparation has started as well, whose end is no failure then.
    if (signal.aborted) throw harnessErrors.error('HARNESS_INTERRUPTED');
    throw error;
  }
  if (signal.aborted) throw harnessErrors.error('HARNESS_INTERRUPTED');
}

/** How long a session takes by its plan, milliseconds: what `resumed` does not hold yet, floors included. */
export function plannedSessionMs(
  options: Pick<SessionOptions, 'runs' | 'attempts' | 'floors' | 'resumed'>,
): number {
  const { runs, attempts = DEFAULT_ATTEMPTS, floors, resumed } = options;
  const left = resumed ? runsLeft(runs, resumed, attempts) : runs;
  const floorsMs = floors
    ? plannedFloorsMs(floorsLeft(cellPlansOf(left), resumed?.floors ?? [], LONGEST_FLOOR_MS))
    : 0;
  return floorsMs + new TimeLeft().of(left);
}

/** The runs that a result does not hold yet, in their order. */
export function runsLeft(runs: readonly PlannedRun[], result: Result, attempts: number): PlannedRun[] {
  const cells = cellsOf(runs, result);
  return runs.filter((run) => !isSettled(run, cells.get(run.cell) as Cell, attempts));
}

function isSettled(run: PlannedRun, cell: Cell, attempts: number): boolean {
  return repeatOf(run, cell, attempts)?.settled === true;
}

function repeatOf({ measure, repeat }: PlannedRun, cell: Cell, attempts: number): Repeat | undefined {
  return repeatsOf(cell.runs, measure, attempts)[repeat - 1];
}

const wallMsOf = (repeat: Repeat): number => repeat.attempts.reduce((sum, { wallMs }) => sum + wallMs, 0);

/** Runs what the result does not hold yet; returns early when the user interrupts. */
async function workThrough(context: RunContext, options: SessionOptions, result: Result): Promise<void> {
  const { runs, attempts = DEFAULT_ATTEMPTS } = options;
  const cells = cellsOf(runs, result, context.pipelines);
  const left = runsLeft(runs, result, attempts);
  const timeLeft = new TimeLeft();
  for (const [plan, { runs: before }] of cells) {
    for (const measure of plan.measures) {
      const settled = repeatsOf(before, measure, attempts).filter((repeat) => repeat.settled);
      for (const repeat of settled) timeLeft.note({ cell: plan, measure }, wallMsOf(repeat));
    }
  }
  if (options.warmUp) await warmUp(context, left);
  const save = (): Promise<void> => writeResult(result, join(options.outputFolder, RESULT_FILE_NAME));
  if (options.floors) {
    const floors = [...floorsLeft(cellPlansOf(left), result.floors, LONGEST_FLOOR_MS).values()];
    const told = `, then about ${roughly(timeLeft.of(left))}`;
    context.live(FLOORS_BEGUN);
    await measureFloors(context, floors, attempts, told, async (floor) => {
      result.floors.push(floor);
      await save();
    });
  }
  let started = runs.length - left.length;
  let tried = 0;
  for (const [index, run] of left.entries()) {
    const cell = cells.get(run.cell) as Cell;
    started += 1;
    while (!isSettled(run, cell, attempts)) {
      if (context.signal.aborted) return;
      const estimate = `about ${roughly(timeLeft.of(left.slice(index)))} left`;
      const refused = repeatOf(run, cell, attempts)?.attempts.length ?? 0;
      const again = refused > 0 ? `, attempt ${refused + 1} of ${attempts}` : '';
      const title = `[${started}/${runs.length}] ${describe(run)}${again}`;
      context.progress(`${title} (${estimate})`);
      context.live({ kind: 'begun', title });
      tried += 1;
      const done = await oneRun(context, run.cell, run.measure, `cc-${context.sessionId}-${tried}`);
      if (!done) return;
      if (cell.runs.length === 0) result.cells.push(cell);
      cell.runs.push(done);
      await save();
      const codes = done.remarks.filter(({ level }) => level === 'invalid').map(({ code }) => code);
      if (done.outcome === 'invalid') context.progress(`refused: ${codes.join(', ')}`);
    }
    timeLeft.note(run, wallMsOf(repeatOf(run, cell, attempts) as Repeat));
  }
  result.status = 'complete';
}

const cellPlansOf = (runs: readonly PlannedRun[]): CellPlan[] => runs.map(({ cell }) => cell);

/** The result's cell of each plan: one that is there already, or an empty one. */
function cellsOf(
  runs: readonly PlannedRun[],
  result: Result,
  pipelines?: Pipelines,
): ReadonlyMap<CellPlan, Cell> {
  const plans = [...new Set(runs.map(({ cell }) => cell))];
  return new Map(plans.map((plan) => [plan, cellIn(result, plan) ?? emptyCell(plan, pipelines)]));
}

function describe({ cell, measure, repeat }: PlannedRun): string {
  const { workload, engine, guarantee, profile, variables } = cell;
  const details = Object.entries(variables).map(([name, value]) => `${name} ${value}`);
  const parts = [workload, engine, guarantee, ...(profile === 'default' ? [] : [profile]), ...details];
  return `${parts.join(', ')}: ${measure}${repeat > 1 ? `, repeat ${repeat}` : ''}`;
}

const WARM_UP_MS = 5_000;

/** One short run of each engine that it warms, at its first cell's rate, its figures thrown away. */
async function warmUp(context: RunContext, runs: readonly PlannedRun[]): Promise<void> {
  const engines = new Set(runs.map(({ cell }) => cell.engine).filter(canBeWarmed));
  for (const engine of engines) {
    if (context.signal.aborted) return;
    const { cell } = runs.find((run) => run.cell.engine === engine) as PlannedRun;
    const title = `warm-up: ${cell.workload}, ${engine}`;
    context.progress(title);
    context.live({ kind: 'begun', title });
    const plan = { ...cell, warmupMs: 0, warmupLimitMs: null, durationMs: WARM_UP_MS };
    await oneRun(context, plan, 'latency', `cc-${context.sessionId}-warm-up-${engine}`);
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw harnessErrors.error('HARNESS_OUTPUT_FOLDER', { folder, problem: (error as Error).message }, error);
  }
}
