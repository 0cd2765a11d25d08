import { createHash } from 'node:crypto';
import type { EngineName, EngineSettings, ProfileName } from '../../engines/pipeline/index.ts';
import { OWN_VALUE } from '../../reports/model/index.ts';
import {
  type CellPlan,
  type Clusters,
  cellDefaults,
  interleave,
  type Measure,
  type PlannedRun,
  pipelineNamed,
  type SustainPlan,
  settingsOf,
  sustainDefaultsFor,
  warmupFor,
} from '../run/index.ts';
import { checkCells } from './check-cells.ts';
import { matrixErrors } from './errors.ts';
import type { MatrixFile } from './matrix-file.ts';

/** A matrix file worked out: what runs, in which order. */
export interface MatrixPlan {
  readonly cells: readonly CellPlan[];
  readonly runs: readonly PlannedRun[];
  readonly attempts: number;
  readonly floors: boolean;
  /** Whether the result carries noise floors, from the repeats. */
  readonly noise: boolean;
  readonly seed: number;
  /** Equal for plans that run the same in the same order: SHA-256, hexadecimal. */
  readonly hash: string;
}

/** Measures that no rate changes. */
const RATELESS: ReadonlySet<Measure> = new Set<Measure>(['drain', 'sustain']);

/**
 * Multiplies a matrix out. Cells come in the order workload, guarantee, rate, profile, engine, so that engines stand beside each other.
 * A list of rates makes `rate` a variable of each cell, as do the settings named in `vary`.
 *
 * @param path of the file, or another name, for messages
 * @param clusters on which the real engines run, if not here
 * @throws MATRIX_FILE_INVALID for a name in `vary` or `own` that is no setting, a target that an engine lacks, or a search that starts outside
 * its range; MATRIX_EMPTY, what `requireRunnable` throws, and what a workload says of its log's knobs
 */
export async function planMatrix(
  file: MatrixFile,
  path: string,
  clusters: Clusters = {},
): Promise<MatrixPlan> {
  const plans: CellPlan[] = [];
  for (const workload of file.workloads) {
    for (const guarantee of file.guarantees) {
      for (const ratePerSecond of file.rates) {
        const measures = file.measures.filter(
          (measure) => !RATELESS.has(measure) || ratePerSecond === file.rates[0],
        );
        for (const [profile, byEngine] of Object.entries(file.profiles)) {
          for (const engine of file.engines) {
            const settings = settingsUnder(profile, byEngine, engine);
            if (settings === undefined || measures.length === 0) continue;
            plans.push({
              ...(await planCell(file, workload, engine)),
              ...{ guarantee, ratePerSecond, measures, profile, settings },
            });
          }
        }
      }
    }
  }
  const cells = withVariables(plans, file, path);
  if (cells.length === 0) {
    const reason = `no profile names one of the engines ${file.engines.join(', ')}`;
    throw matrixErrors.error('MATRIX_EMPTY', { path, reason });
  }
  await checkCells(cells, path, clusters);
  const runs = runsOf(cells, file);
  const { attempts, floors, seed } = file;
  const noise = file.noise !== undefined;
  return { cells, runs, attempts, floors, noise, seed, hash: hashOf({ runs, attempts, floors, noise }) };
}

/** The settings of an engine under a profile of the file; undefined where it does not run under it. */
function settingsUnder(
  profile: string,
  byEngine: MatrixFile['profiles'][string],
  engine: EngineName,
): EngineSettings | undefined {
  if (byEngine === 'builtin') return pipelineNamed(engine).profiles[profile as ProfileName];
  return profile === 'default' ? {} : byEngine[engine];
}

async function planCell(
  file: MatrixFile,
  entry: MatrixFile['workloads'][number],
  engine: EngineName,
): Promise<CellPlan> {
  const { workload, log: knobs } = typeof entry === 'string' ? { workload: entry, log: {} } : entry;
  const cell = await cellDefaults(workload, pipelineNamed(engine).engine, file.seed);
  const { partitions, ...otherKnobs } = definedOf(knobs);
  const given = new Set(Object.keys(otherKnobs));
  if (partitions !== undefined) given.add('inputPartitions');
  if (file.heapMb !== undefined) given.add('heapMb');
  return {
    ...cell,
    ...definedOf({
      heapMb: file.heapMb,
      ...warmupOf(file),
      durationMs: inMilliseconds(file.durationSeconds),
      drainEvents: file.drainEvents,
      kills: file.kills,
      faultTarget: file.faultTarget,
      longestKillGapMs: inMilliseconds(file.killGapSeconds),
      producers: file.producers,
      sustain: sustainOf(file),
    }),
    log: { ...cell.log, ...definedOf(knobs) },
    given,
  };
}

/** A longest warm-up of 0 makes the shortest a fixed time, as in `run`. */
function warmupOf(file: MatrixFile): Pick<CellPlan, 'warmupMs' | 'warmupLimitMs'> {
  const defaults = warmupFor(file.engines);
  const warmupMs = inMilliseconds(file.warmupSeconds) ?? defaults.warmupMs;
  const limitMs =
    file.warmupLimitSeconds === 0
      ? null
      : (inMilliseconds(file.warmupLimitSeconds) ?? defaults.warmupLimitMs);
  return { warmupMs, warmupLimitMs: limitMs === null ? null : Math.max(warmupMs, limitMs) };
}

function sustainOf(file: MatrixFile): SustainPlan | undefined {
  if (file.sustain === undefined) return undefined;
  const { probeSeconds, ...rest } = file.sustain;
  return {
    ...sustainDefaultsFor(file.engines),
    ...definedOf({ ...rest, probeMs: inMilliseconds(probeSeconds) }),
  };
}

/** Adds to each cell what it varies: the rate where there are several, its values of the settings in `vary`, and the names of those in `own`. */
function withVariables(plans: readonly CellPlan[], file: MatrixFile, path: string): CellPlan[] {
  const unseen = new Set([...file.vary, ...file.own]);
  const cells = plans.map((plan) => {
    const variables: Record<string, string> = {};
    if (file.rates.length > 1) variables.rate = String(plan.ratePerSecond);
    for (const { name, value } of settingsOf(plan, pipelineNamed(plan.engine))) {
      const isOwn = file.own.includes(name);
      if (!isOwn && !file.vary.includes(name)) continue;
      unseen.delete(name);
      variables[name] = isOwn ? OWN_VALUE : value;
    }
    return { ...plan, variables };
  });
  const [unknown] = unseen;
  if (unknown !== undefined && cells.length > 0) {
    const reason = `no engine of this matrix has a setting "${unknown}"`;
    const place = file.vary.includes(unknown) ? 'vary' : 'own';
    throw matrixErrors.error('MATRIX_FILE_INVALID', { path, place, reason });
  }
  return cells;
}

function runsOf(cells: readonly CellPlan[], { repeats, noise }: MatrixFile): PlannedRun[] {
  const repeatsOf = (measure: Measure): number =>
    noise?.measures.some((one) => one === measure) ? Math.max(repeats, 2 * noise.comparisons) : repeats;
  const most = Math.max(...cells.flatMap((cell) => cell.measures.map(repeatsOf)));
  return interleave(cells, most).filter(({ measure, repeat }) => repeat <= repeatsOf(measure));
}

function hashOf(plan: Pick<MatrixPlan, 'runs' | 'attempts' | 'floors' | 'noise'>): string {
  const text = JSON.stringify(plan, (_, value: unknown) =>
    value instanceof Set ? [...value].sort() : value,
  );
  return createHash('sha256').update(text).digest('hex');
}

const inMilliseconds = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1_000;

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function definedOf<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
