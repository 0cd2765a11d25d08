import type { Pipeline } from '../../engines/pipeline/index.ts';
import { harnessErrors } from '../errors.ts';
import { splitSettings } from './split-settings.ts';

/** Values to try by setting, as options give them: the name may have an engine's prefix. */
export type Sweeps = Readonly<Record<string, readonly string[]>>;

/** One combination of values, by the settings' names without prefix. */
export type SweepPoint = Readonly<Record<string, string>>;

/** Makes the parser of a repeatable `name=value,value,...`. */
export function sweepOption(command: string, option: string): (text: string, before?: Sweeps) => Sweeps {
  return (text, before = {}) => {
    const at = text.indexOf('=');
    const values = text
      .slice(at + 1)
      .split(',')
      .map((value) => value.trim());
    if (at < 1 || values.some((value) => value === '')) {
      const problem = `"${text}" is not name=value,value,...`;
      throw harnessErrors.error('HARNESS_OPTION_INVALID', { option, problem, command });
    }
    return { ...before, [text.slice(0, at)]: [...new Set(values)] };
  };
}

/**
 * The combinations of values for one engine, the last sweep varying fastest: one empty combination where no sweep is for it. A name
 * without a prefix is for every engine that has such a setting.
 */
export function sweepPoints(
  sweeps: Sweeps,
  pipeline: Pick<Pipeline, 'engine' | 'settingsSheet'>,
): readonly SweepPoint[] {
  const known = new Set(pipeline.settingsSheet({}).map(({ name }) => name));
  let points: readonly SweepPoint[] = [{}];
  for (const [prefixed, values] of Object.entries(sweeps)) {
    const [name] = Object.keys(splitSettings({ [prefixed]: '' }, pipeline.engine));
    if (name === undefined || !(known.has(name) || prefixed !== name)) continue;
    points = points.flatMap((point) => values.map((value) => ({ ...point, [name]: value })));
  }
  return points;
}

/** @throws HARNESS_OPTION_INVALID when a sweep is for none of the engines */
export function requireSwept(
  sweeps: Sweeps,
  pipelines: readonly Pick<Pipeline, 'engine' | 'settingsSheet'>[],
  command: string,
  option: string,
): void {
  for (const [name, values] of Object.entries(sweeps)) {
    const isSwept = pipelines.some((pipeline) =>
      sweepPoints({ [name]: values }, pipeline).some((point) => Object.keys(point).length > 0),
    );
    if (isSwept) continue;
    const engines = pipelines.map(({ engine }) => engine).join(', ');
    const problem = `there is no setting "${name}" of ${engines}.`;
    throw harnessErrors.error('HARNESS_OPTION_INVALID', { option, problem, command });
  }
}
