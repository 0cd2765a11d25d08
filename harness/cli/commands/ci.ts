import { Command } from 'commander';
import { compareCommits } from '../../ci/index.ts';
import { EMBEDDED_ENGINES } from '../../run/index.ts';
import { addComparisonOptions, type ComparisonOptions, comparisonConfig } from '../comparison-options.ts';
import { addFormatOption, comparisonExitCode, type FormatOptions, showComparison } from '../formats/index.ts';
import { interruptible } from '../interruption.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';

/** What is run where no options of `run` are given: every workload on both engines of this repository, short. */
const RUN_DEFAULTS = [
  ...['--workload', 'all', '--engine', EMBEDDED_ENGINES.join(','), '--measure', 'latency,drain'],
  ...['--duration', '5', '--events', '200000', '--no-floor'],
];

const EXAMPLES = `
Examples:
  $ npx crosscurrent ci --base main
  $ npx crosscurrent ci --base v0.1.0 --head HEAD --runs 12 --out results/ci
  $ npx crosscurrent ci --base main -- --workload merchant-spend --engine event --measure drain --events 500000

Both commits are checked out beside each other and run in turns, base head, head base, each run in fresh processes with a broker of its own
(or on the one that --broker names after --). Without options after -- : ${RUN_DEFAULTS.join(' ')}`;

interface CiOptions extends FormatOptions, ComparisonOptions {
  readonly base: string;
  readonly head: string;
  readonly runs: number;
  readonly out: string;
  readonly confirm: boolean;
}

/** `ci`: measures two commits in turns, compares them, and fails on a regression. */
export function ciCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues('ci');
  const command = new Command('ci')
    .description('Runs two git commits in turns on this machine, compares them, and exits 3 on a regression.')
    .argument('[options...]', 'after --: options of `crosscurrent run` for both commits')
    .requiredOption('--base <commit>', 'branch, tag or id of the commit to compare with')
    .option('--head <commit>', 'branch, tag or id of the commit in question', 'HEAD');
  return addComparisonOptions(addFormatOption(command), values)
    .option('--runs <n>', 'runs of each side', values.whole('--runs', 1, 1_000), 10)
    .option('--out <folder>', 'folder for the comparison and the results of each run', 'results/ci')
    .option('--no-confirm', 'fail on a regression without measuring its cells a second time')
    .addHelpText('after', EXAMPLES)
    .action(async (runOptions: string[], options: CiOptions) => {
      exitWith(await ci(runOptions, options, terminal));
    });
}

async function ci(runOptions: readonly string[], options: CiOptions, terminal: Terminal): Promise<number> {
  const { base, head, runs, out, confirm } = options;
  const config = comparisonConfig(options);
  const compared = await interruptible(terminal, (signal) =>
    compareCommits({
      folder: process.cwd(),
      references: { base, head },
      rounds: runs,
      runOptions: runOptions.length === 0 ? RUN_DEFAULTS : runOptions,
      out,
      config,
      seed: options.seed,
      vary: options.vary,
      confirm,
      signal,
      progress: terminal.progress,
    }),
  );
  await showComparison(compared, options.format, terminal, process.env);
  return comparisonExitCode(compared.report, options.strict === true);
}
