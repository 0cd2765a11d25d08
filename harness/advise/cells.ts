import { type EngineName, PROFILE_NAMES, type ProfileName } from '../../engines/pipeline/index.ts';
import type { MeasurementRequest, Objective } from '../../reports/advice/index.ts';
import type { Configuration } from '../../reports/evidence/index.ts';
import {
  type CellPlan,
  cellDefaults,
  fillAndWarmUp,
  interleave,
  type Measure,
  type PlannedRun,
  pipelineNamed,
  plannedSessionMs,
  roughly,
  warmupFor,
} from '../run/index.ts';
import { cellOf } from './reproduce.ts';

/** Of each latency: a range needs several. */
export const LATENCY_REPEATS = 3;
/** In one run: a range of a median needs several. */
export const KILLS = 6;
const SEED = 1;
/** Of one run's log. */
const MOST_FILLED = 20_000_000;
/** Keys of a log that are seen before the first kill, as a share: the last ones come too seldom to wait for. */
const MOST_OF_THE_KEYS = 0.9999;
/** Of a log. */
export const MOST_KEYS = 2_000_000;

/** The profiles that a request names and every engine has; where it names none of these, the default one. */
export function profilesOf({ profiles }: MeasurementRequest): readonly ProfileName[] {
  const known = PROFILE_NAMES.filter((name) => profiles.includes(name));
  return known.length === 0 ? ['default'] : known;
}

/** What runs configurations again under the conditions of an objective: latency at its rate, and recovery where a limit is set on it. */
export async function runsAgain(
  configurations: readonly Configuration[],
  objective: Objective,
): Promise<readonly PlannedRun[]> {
  const { ratePerSecond, recoveryMs } = objective;
  const warmup = warmupFor(configurations.map(({ engine }) => engine));
  const cells = await Promise.all(
    configurations.map(async (configuration): Promise<CellPlan[]> => {
      const cell = { ...(await cellOf(configuration, SEED)), ...warmup, ratePerSecond };
      const latency: CellPlan = { ...cell, measures: ['latency'] };
      if (recoveryMs === null) return [latency];
      const filled = fillAndWarmUp(
        recordsThatFill(cell.log.keys, objective.keys),
        ratePerSecond,
        warmup.warmupMs,
      );
      return [latency, { ...cell, ...filled, measures: ['recovery'], kills: KILLS }];
    }),
  );
  return planned(cells.flat());
}

/** How long runs take by their plan, floors included, in words. */
export const aboutOf = (runs: readonly PlannedRun[]): string =>
  roughly(plannedSessionMs({ runs, floors: true }));

/** The runs that `measuringCommands` make. */
export async function runsOfRequest(request: MeasurementRequest): Promise<readonly PlannedRun[]> {
  const cells = request.engines.flatMap((engine) =>
    profilesOf(request).flatMap((profile) =>
      request.measures.map((measure) => requestedCell(request, engine, profile, measure)),
    ),
  );
  return planned(await Promise.all(cells));
}

async function requestedCell(
  { workload, engines, guarantee, ratePerSecond, keys }: MeasurementRequest,
  engine: EngineName,
  profile: ProfileName,
  measure: Measure,
): Promise<CellPlan> {
  const warmup = warmupFor(engines);
  const defaults = await cellDefaults(workload, engine, SEED);
  const cell: CellPlan = {
    ...{ ...defaults, ...warmup, guarantee, profile, ratePerSecond, kills: KILLS },
    settings: pipelineNamed(engine).profiles[profile],
    measures: [measure],
    log: { ...defaults.log, ...logOfKeys(keys) },
  };
  if (measure !== 'recovery') return cell;
  const records = recordsThatFill(cell.log.keys, keys);
  return { ...cell, ...fillAndWarmUp(records, ratePerSecond, warmup.warmupMs) };
}

/** Of a log whose state shall hold so many keys: some more, as the last ones come seldom, and all equally frequent. Nothing where any number will do. */
export function logOfKeys(keys: number | null): { readonly keys?: number; readonly skew?: number } {
  return keys === null ? {} : { keys: Math.min(MOST_KEYS, Math.ceil(1.1 * keys)), skew: 0 };
}

/**
 * Records after which a log of `logKeys` equally frequent keys has shown `keys` of them: of N keys N (1 - e^(-records / N)) have come (the
 * coupon collector), and a tenth more for luck. With a skew more would be needed, which the result then tells. 0 where any number will do.
 */
export function recordsThatFill(logKeys: number, keys: number | null): number {
  if (keys === null) return 0;
  const share = Math.min(keys / logKeys, MOST_OF_THE_KEYS);
  return Math.min(MOST_FILLED, Math.ceil(-1.1 * logKeys * Math.log(1 - share)));
}

function planned(cells: readonly CellPlan[]): readonly PlannedRun[] {
  return interleave(cells, LATENCY_REPEATS).filter(
    ({ measure, repeat }) => measure === 'latency' || repeat === 1,
  );
}
