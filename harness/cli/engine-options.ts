import type { Command } from 'commander';
import {
  ENGINE_NAMES,
  type EngineName,
  PROFILE_NAMES,
  type ProfileName,
} from '../../engines/pipeline/index.ts';
import { pipelineNamed } from '../run/index.ts';
import type { optionValues } from './option-values.ts';

/** Which engines run, and with which settings. */
export interface EngineOptions {
  readonly engine: readonly EngineName[];
  readonly profile: readonly ProfileName[];
  readonly set?: Readonly<Record<string, string>>;
}

const ENGINES_HELP = `${ENGINE_NAMES.join(', ')}, or all; flink and spark are the real ones, whose first use downloads their jars`;

/** Adds `--engine`, `--profile` and `--set`, shared by the commands that run cells; `--engine` without a default where none is given. */
export function addEngineOptions(
  command: Command,
  values: ReturnType<typeof optionValues>,
  engines: { readonly default: readonly EngineName[] } | { readonly else: string },
): Command {
  if ('default' in engines) command.option('--engine <names>', ENGINES_HELP, engineNames, engines.default);
  else command.option('--engine <names>', `${ENGINES_HELP} (default: ${engines.else})`, engineNames);
  return command
    .option(
      '--profile <names>',
      `settings of each engine: ${PROFILE_NAMES.join(', ')}; each profile is a cell of its own`,
      values.choices('--profile', PROFILE_NAMES),
      ['default'],
    )
    .option(
      '--set <name=value>',
      "an engine setting, repeatable, over the profile's; with an engine's name before it (event.NAME, flink.NAME, ...) for that one alone",
      values.setting('--set'),
    );
}

/**
 * Engines by commas; `all` is every one.
 *
 * @throws HARNESS_ENGINE_UNKNOWN
 */
function engineNames(text: string): EngineName[] {
  const names = text === 'all' ? ENGINE_NAMES : text.split(',').map((name) => name.trim());
  return [...new Set(names.map((name) => pipelineNamed(name).engine))];
}
