import { seriesName } from '../comparison/index.ts';
import type { Configuration } from '../evidence/index.ts';
import { cleanText } from '../markup/index.ts';
import { type TrailFigure, trailFigures } from './trail-figures.ts';

/** What one setting moves on one engine, all its other settings equal. */
export interface Trail {
  /** Cleaned, as all texts here. */
  readonly workload: string;
  readonly guarantee: Configuration['guarantee'];
  readonly engine: string;
  readonly setting: string;
  /** Two at least: numbers ascending, then words in the order of the results. */
  readonly values: readonly string[];
  /** What tells it from other trails of the setting: `bufferTimeoutMs=0`; empty where it is the only one. */
  readonly fixed: string;
  readonly figures: readonly TrailFigure[];
}

/**
 * The trails of configurations: for every row of the settings sheet in which some of one engine differ and in no other row, the profile's
 * name aside. A row that names a version is no knob. Without figures at two values there is none.
 *
 * @param configurations from one machine, broker and version
 */
export function trailsOf(configurations: readonly Configuration[]): readonly Trail[] {
  const groups = new Map<string, Configuration[]>();
  for (const configuration of configurations) {
    const { workload, guarantee, engine } = configuration;
    const key = JSON.stringify([workload, guarantee, engine]);
    groups.set(key, [...(groups.get(key) ?? []), configuration]);
  }
  return [...groups.values()].flatMap((group) =>
    varyingRows(group).flatMap((setting, _, varying) =>
      setting.endsWith('Version') ? [] : trailsAlong(group, setting, varying),
    ),
  );
}

/** Names of the rows that do not have one value in all sheets, in the order of the first sheet that has them. */
function varyingRows(group: readonly Configuration[]): readonly string[] {
  const values = new Map<string, Set<string>>();
  for (const { settings } of group) {
    for (const { name, value } of settings) values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  return [...values].filter(([, known]) => known.size > 1).map(([name]) => name);
}

function trailsAlong(
  group: readonly Configuration[],
  setting: string,
  varying: readonly string[],
): readonly Trail[] {
  const sides = new Map<string, Map<string, Configuration>>();
  for (const configuration of group) {
    const own = settingOf(configuration, setting);
    if (own === undefined) continue;
    const others = configuration.settings.filter(({ name }) => name !== setting);
    // `keys` is told by the log where the sheet does not.
    const log = setting === 'keys' ? null : configuration.keys;
    const key = JSON.stringify([log, others.map(({ name, value }) => [name, value])]);
    const side = sides.get(key) ?? new Map<string, Configuration>();
    if (!side.has(own)) side.set(own, configuration);
    sides.set(key, side);
  }
  const trails = [...sides.values()]
    .filter((side) => side.size > 1)
    .map((side) => trailOf(side, setting, varying))
    .filter(({ figures }) => figures.length > 0);
  return trails.length === 1 ? trails.map((trail) => ({ ...trail, fixed: '' })) : trails;
}

function trailOf(
  side: ReadonlyMap<string, Configuration>,
  setting: string,
  varying: readonly string[],
): Trail {
  const steps = [...side].sort(([one], [other]) => byNumber(one, other));
  const [first] = [...side.values()] as [Configuration];
  const fixed = varying.flatMap((name) => {
    const value = name === setting ? undefined : settingOf(first, name);
    return value === undefined ? [] : [cleanText(`${name}=${value}`, LONGEST_NAME)];
  });
  return {
    workload: cleanText(first.workload),
    guarantee: first.guarantee,
    engine: seriesName({ ...first, profile: 'default', variables: {} }),
    setting: cleanText(setting, LONGEST_NAME),
    values: steps.map(([value]) => cleanText(value, LONGEST_VALUE)),
    fixed: fixed.join(', '),
    figures: trailFigures(steps.map(([, configuration]) => configuration)),
  };
}

const LONGEST_NAME = 40;
const LONGEST_VALUE = 24;

const settingOf = ({ settings }: Configuration, setting: string): string | undefined =>
  settings.find(({ name }) => name === setting)?.value;

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

/** Numbers before words; words stay as they are. */
function byNumber(one: string, other: string): number {
  if (isNumber(one) && isNumber(other)) return Number(one) - Number(other);
  return Number(isNumber(other)) - Number(isNumber(one));
}
