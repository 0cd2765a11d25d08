import type { Command } from 'commander';
import {
  type ComparisonConfig,
  DEFAULT_CONFIG,
  readComparisonConfig,
} from '../../reports/regression/index.ts';
import type { optionValues } from './option-values.ts';

/** How two sides are compared. */
export interface ComparisonOptions {
  readonly config?: string;
  readonly strict?: boolean;
  readonly vary: readonly string[];
  readonly seed: number;
}

/** Adds `--config`, `--strict`, `--vary` and `--seed`, shared by the commands that compare. */
export function addComparisonOptions(
  command: Command,
  values: ReturnType<typeof optionValues>,
  strictToo = '',
): Command {
  return command
    .option(
      '--config <file>',
      'YAML or JSON: level, minimum effect and direction by metric; alpha, minimumRuns',
    )
    .option(
      '--strict',
      `exit code 4 where of a metric that can fail the comparison nothing could be said${strictToo}`,
    )
    .option(
      '--vary <row>',
      'a row of the fingerprint in which the sides differ on purpose, repeatable',
      (row: string, before: readonly string[]) => [...before, row],
      [],
    )
    .option('--seed <n>', 'of the bootstrap', values.whole('--seed', 0), 42);
}

/** The configuration that was named, or the default one. @throws COMPARE_CONFIG */
export function comparisonConfig({ config }: ComparisonOptions): ComparisonConfig {
  return config === undefined ? DEFAULT_CONFIG : readComparisonConfig(config);
}
