import { ENGINE_NAMES, type Pipeline, type ProfileName } from '../../engines/pipeline/index.ts';
import { type CellPlan, pipelineNamed } from '../run/index.ts';
import type { LogOptions } from './log-options.ts';
import { enginePrefixOf, splitSettings } from './split-settings.ts';
import type { SweepPoint } from './sweep.ts';

/** Where a cell of a command line stands. */
export type CellPlace = Pick<CellPlan, 'workload' | 'guarantee' | 'engine'> & {
  readonly profile: ProfileName;
};

/** What a command line says of the settings of its cells. */
type SettingOptions = Omit<LogOptions, 'seed'> & {
  readonly set?: Readonly<Record<string, string>>;
  readonly heap?: number;
};

/**
 * A cell's engine settings: those of a profile of the engine, over them the user's, over them a sweep's point. What the user said and the point
 * are `given`: rows of the settings sheet whose source is the flag, not the profile. A profile with settings of the user's is a `custom` one.
 *
 * @throws PIPELINE_SETTING_INVALID, also for a setting whose prefix names another engine
 */
export function cellSettings(
  pipeline: Pick<Pipeline, 'engine' | 'profiles' | 'settingsSheet'>,
  profile: ProfileName,
  options: SettingOptions,
  point: SweepPoint = {},
): Pick<CellPlan, 'profile' | 'settings' | 'given'> {
  const { set = {} } = options;
  requireKnown(set);
  const own = splitSettings(set, pipeline.engine);
  const flags = { ...own, ...splitSettings(point, pipeline.engine) };
  const settings = { ...pipeline.profiles[profile], ...flags };
  pipeline.settingsSheet(settings);
  const isCustom = Object.keys(own).length > 0;
  const customName = profile === 'default' ? 'custom' : `custom ${profile}`;
  return { profile: isCustom ? customName : profile, settings, given: givenRows(options, flags) };
}

/** A setting with an engine's prefix must be one of that engine, whether it runs or not: else a misspelt one would go unnoticed. */
function requireKnown(set: Readonly<Record<string, string>>): void {
  for (const engine of ENGINE_NAMES) {
    const prefixed = Object.entries(set).filter(([name]) => enginePrefixOf(name) === engine);
    pipelineNamed(engine).settingsSheet(splitSettings(Object.fromEntries(prefixed), engine));
  }
}

function givenRows(options: SettingOptions, flags: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const rows = {
    heapMb: options.heap,
    inputPartitions: options.partitions,
    keys: options.keys,
    skew: options.skew,
    disorderShare: options.disorder,
    lateShare: options.late,
    brokenShare: options.broken,
  };
  const given = Object.entries(rows).filter(([, value]) => value !== undefined);
  return new Set([...Object.keys(flags), ...given.map(([name]) => name)]);
}
