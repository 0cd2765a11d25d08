import {
  type EngineSettings,
  type Pipeline,
  PROFILE_NAMES,
  type SettingRow,
} from '../../engines/pipeline/index.ts';
import type { Configuration } from '../../reports/evidence/index.ts';
import { type CellPlan, cellDefaults, pipelineNamed } from '../run/index.ts';

/** How a measured configuration is run again. */
export interface Reproduction {
  /** Options of `crosscurrent run`: engine, profile, guarantee, and a `--set` for each setting that the profile does not bring. */
  readonly options: readonly string[];
  /** Settings that were in force and that this version's engine does not know: then it cannot be run again. */
  readonly unknown: readonly string[];
}

/** Rows of a settings sheet that are no settings of an engine: the harness sets them, most of them for the log. */
const LOG_KNOBS = {
  inputPartitions: 'partitions',
  keys: 'keys',
  skew: 'skew',
  disorderShare: 'disorderShare',
  lateShare: 'lateShare',
  brokenShare: 'brokenShare',
} as const;
const HEAP = 'heapMb';

/** The options that make an engine run as it did when it was measured, by the values then in force and not by the name of a profile alone. */
export function reproductionOf(
  { engine, profile, guarantee, settings }: Configuration,
  pipeline: Pick<Pipeline, 'profiles' | 'settingsSheet'> = pipelineNamed(engine),
): Reproduction {
  const base = PROFILE_NAMES.find((name) => name === profile) ?? 'default';
  const now = valuesOf(pipeline.settingsSheet(pipeline.profiles[base]));
  const rows = settings.filter(({ name }) => !isOfHarness(name));
  const changed = rows.filter(({ name, value }) => now.has(name) && now.get(name) !== value);
  return {
    options: [
      ...['--engine', engine],
      ...(base === 'default' ? [] : ['--profile', base]),
      ...(guarantee === 'at-least-once' ? [] : ['--guarantee', guarantee]),
      ...changed.flatMap(({ name, value }) => ['--set', `${name}=${value}`]),
    ],
    unknown: rows.filter(({ name }) => !now.has(name)).map(({ name }) => name),
  };
}

/** A configuration as a cell that runs it again, on a log with the same content; the caller says what is measured, and at which rate. */
export async function cellOf(configuration: Configuration, seed: number): Promise<CellPlan> {
  const { workload, engine, profile, guarantee, variables } = configuration;
  const defaults = await cellDefaults(workload, engine, seed);
  const pipeline = pipelineNamed(engine);
  const usual = valuesOf(pipeline.settingsSheet({}));
  const inForce = valuesOf(configuration.settings);
  const settings = Object.fromEntries(
    [...inForce].flatMap(([name, value]) =>
      usual.has(name) && usual.get(name) !== value ? [[name, typed(value)]] : [],
    ),
  ) as EngineSettings;
  const knobs = Object.entries(LOG_KNOBS).flatMap(([row, knob]) => {
    const value = inForce.get(row);
    return value === undefined ? [] : [[knob, Number(value)]];
  });
  const heapMb = inForce.get(HEAP);
  return {
    ...defaults,
    profile,
    guarantee,
    settings,
    variables,
    heapMb: heapMb === undefined ? defaults.heapMb : Number(heapMb),
    log: { ...defaults.log, ...Object.fromEntries(knobs) },
  };
}

const isOfHarness = (name: string): boolean => name === HEAP || name in LOG_KNOBS;

const valuesOf = (rows: readonly Pick<SettingRow, 'name' | 'value'>[]): ReadonlyMap<string, string> =>
  new Map(rows.map(({ name, value }) => [name, value]));

/** A sheet holds texts; settings have types. */
function typed(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
