import { Command } from 'commander';
import { withBothCommits } from '../../ci/index.ts';
import { interruptible } from '../interruption.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';

/** What is run where no options of `run` are given: every workload on both engines, short. */
const RUN_DEFAULTS = [
  ...['--workload', 'all', '--engine', 'all', '--measure', 'latency,drain'],
  ...['--duration', '5', '--events', '200000', '--no-floor'],
];

const EXAMPLES = `
Examples:
  $ npx crosscurrent ci --base main
  $ npx crosscurrent ci --base v0.1.0 --head HEAD --runs 12 --out results/ci
  $ npx crosscurrent ci --base main -- --workload merchant-spend --engine event --measure drain --events 500000

Both commits are checked out beside each other and run in turns, base head, head base, each run in fresh processes with a broker of its own
(or on the one that --broker names after --). Without options after -- : ${RUN_DEFAULTS.join(' ')}`;

interface CiOptions {
  readonly base: string;
  readonly head: string;
  readonly runs: number;
  readonly out: string;
}

/** `ci`: measures two commits in turns. */
export function ciCommand(terminal: Terminal): Command {
  const values = optionValues('ci');
  return new Command('ci')
    .description('Runs two git commits in turns on this machine and compares them.')
    .argument('[options...]', 'after --: options of `crosscurrent run` for both commits')
    .requiredOption('--base <commit>', 'branch, tag or id of the commit to compare with')
    .option('--head <commit>', 'branch, tag or id of the commit in question', 'HEAD')
    .option('--runs <n>', 'runs of each side', values.whole('--runs', 1, 1_000), 10)
    .option('--out <folder>', 'folder for the results of each run', 'results/ci')
    .addHelpText('after', EXAMPLES)
    .action(async (runOptions: string[], options: CiOptions) => {
      await interruptible(terminal, async (signal) => {
        await withBothCommits(
          {
            folder: process.cwd(),
            references: { base: options.base, head: options.head },
            signal,
            progress: terminal.progress,
          },
          async (both) => {
            const { base, head } = await both.measure({
              rounds: options.runs,
              runOptions: runOptions.length === 0 ? RUN_DEFAULTS : runOptions,
              out: options.out,
            });
            terminal.result(
              `${both.commits.base}: ${base.length} results\n${both.commits.head}: ${head.length} results\n`,
            );
          },
        );
      });
    });
}
