import { Command } from 'commander';
import { type CrosscurrentError, EXIT_CODE } from '../../../errors/index.ts';
import {
  alignProfiles,
  compareSides,
  type RegressionReport,
  readSide,
  selfComparison,
} from '../../../reports/regression/index.ts';
import { renderSelfText } from '../../../reports/text/index.ts';
import { confirmResults } from '../../ci/index.ts';
import { harnessErrors } from '../../errors.ts';
import { addComparisonOptions, type ComparisonOptions, comparisonConfig } from '../comparison-options.ts';
import { addFormatOption, comparisonExitCode, type FormatOptions, showComparison } from '../formats/index.ts';
import { interruptible } from '../interruption.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent compare results/main results/work
  $ npx crosscurrent compare base/result.json head/result.json --format text --format json=comparison.json
  $ npx crosscurrent compare results/main --self
  $ npx crosscurrent compare results/main results/work --confirm results/confirmation
  $ npx crosscurrent compare results/slots-2 results/slots-4 --vary slots --strict

BASE and HEAD: a result file, a folder that holds a result.json, or a folder of such files or folders. One run is one value: repeat runs
(\`crosscurrent run --repeats 10\`), at least 6 a side, ten for small differences. Exit code 5: an output of head is wrong; 3: regressed.`;

interface CompareOptions extends FormatOptions, ComparisonOptions {
  readonly self?: boolean;
  readonly confirm?: string;
}

const STRICT_WITH_SELF = '; with --self, where its minimum effect is below what the runs can show';

/** `compare`: what changed between two sides, and whether that is more than chance. */
export function compareCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues('compare');
  const command = new Command('compare')
    .description('Compares two sides of measured runs; exit code 3 on a regression.')
    .argument('<base>', 'results of the side to compare with')
    .argument('[head]', 'results of the side in question');
  return addComparisonOptions(addFormatOption(command), values, STRICT_WITH_SELF)
    .option(
      '--self',
      'A/A: compare BASE with itself, and say what its number of runs can show; as text or JSON',
    )
    .option(
      '--confirm <folder>',
      'measure the cells that regressed once more before it is said, both commits in turns, into this folder',
    )
    .addHelpText('after', EXAMPLES)
    .action(async (basePath: string, headPath: string | undefined, options: CompareOptions) => {
      const config = comparisonConfig(options);
      const { seed, vary } = options;
      if (options.self) {
        if (headPath !== undefined) throw refuse('--self', 'HEAD has no place beside it.');
        const format = selfFormat(options);
        const self = selfComparison(await readSide(basePath), { config, seed, vary });
        const { colour } = terminal;
        terminal.result(format === 'json' ? `${JSON.stringify(self)}\n` : renderSelfText(self, { colour }));
        const isBlind = self.rows.some(({ level, limit }) => level === 'error' && limit === 'too small');
        if (options.strict && (isBlind || self.rows.length === 0)) exitWith(EXIT_CODE.inconclusive);
        return;
      }
      if (headPath === undefined) throw refuse('HEAD', 'it is missing; --self compares BASE with itself.');
      const base = await readSide(basePath);
      const head = alignProfiles(base, await readSide(headPath));
      const first = compareSides(base, head, { config, seed, vary });
      const report = await secondLook(first, { base, head, config, seed, vary }, options, terminal);
      await showComparison({ report, base, head }, options.format, terminal, process.env);
      exitWith(comparisonExitCode(report, options.strict === true));
    });
}

/** What a second measurement leaves of the report's regressions, where one was asked for. */
async function secondLook(
  report: RegressionReport,
  compared: Pick<Parameters<typeof confirmResults>[0], 'base' | 'head' | 'config' | 'seed' | 'vary'>,
  { confirm }: CompareOptions,
  terminal: Terminal,
): Promise<RegressionReport> {
  if (confirm === undefined) return report;
  const { progress } = terminal;
  return await interruptible(terminal, (signal) =>
    confirmResults({ ...compared, report, folder: process.cwd(), out: confirm, signal, progress }),
  );
}

function selfFormat({ format = [] }: FormatOptions): 'text' | 'json' {
  const [chosen, ...more] = format;
  if (chosen === undefined) return 'text';
  if (more.length > 0 || chosen.path !== null || (chosen.format !== 'text' && chosen.format !== 'json')) {
    throw refuse('--format', 'with --self it is text or json, without a path.');
  }
  return chosen.format;
}

const refuse = (option: string, problem: string): CrosscurrentError =>
  harnessErrors.error('HARNESS_OPTION_INVALID', { option, problem, command: 'compare' });
