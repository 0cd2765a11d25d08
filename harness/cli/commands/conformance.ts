import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { goldenFiles, runVectorFile, type VectorFileReport } from '../../../engines/conformance/index.ts';
import { EXIT_CODE } from '../../../errors/index.ts';
import { printFlinkVectors, VECTOR_RUNNERS } from '../../run/index.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent conformance
  $ npx crosscurrent conformance engines/conformance/golden/flink-watermarks.jsonl --json
  $ npx crosscurrent conformance --fresh --seed 7 --cases 1000

With --fresh the real Flink prints cases that nobody has seen, drawn from the seed: Maven resolves it, and a JDK compiles the program that draws.`;

/** How many failed cases of a file are shown in full. */
const FAILURES_SHOWN = 3;

interface ConformanceOptions {
  readonly fresh?: boolean;
  readonly seed: number;
  readonly cases: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** Runs golden vectors of the real Flink and Spark through the engines' own operators. */
export function conformanceCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues('conformance');
  return new Command('conformance')
    .description('Runs golden vectors, printed by the real Flink and Spark, through the engines.')
    .argument('[files...]', 'vector files (default: those of engines/conformance/golden)')
    .option(
      '--fresh',
      'run new vectors that the real Flink prints now, in place of those of engines/conformance/golden',
    )
    .addOption(
      new Option('--seed <n>', 'of the new vectors; this and the next two imply --fresh')
        .argParser(values.whole('--seed', 0))
        .default(1)
        .implies({ fresh: true }),
    )
    .addOption(
      new Option('--cases <n>', 'new vectors of each of the four kinds')
        .argParser(values.whole('--cases', 1, 1_000_000))
        .default(1_000)
        .implies({ fresh: true }),
    )
    .addOption(
      new Option('--out <folder>', 'where the new vectors are kept (default: results/vectors-SEED)').implies({
        fresh: true,
      }),
    )
    .option('--json', 'print as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], options: ConformanceOptions) => {
      const reports: VectorFileReport[] = [];
      for (const file of [...files, ...(await otherFiles(files, options, terminal))]) {
        const report = await runVectorFile(file, VECTOR_RUNNERS);
        reports.push(report);
        if (!options.json) showReport(terminal, report);
      }
      if (options.json) terminal.result(`${JSON.stringify(reports)}\n`);
      if (reports.some(({ failed }) => failed.length > 0)) exitWith(EXIT_CODE.oracle);
    });
}

/** What is run beside the files that were named. */
async function otherFiles(
  named: readonly string[],
  { fresh, seed, cases, out = `results/vectors-${seed}` }: ConformanceOptions,
  terminal: Terminal,
): Promise<readonly string[]> {
  if (!fresh) return named.length > 0 ? [] : goldenFiles();
  const printed = await printFlinkVectors({ seed, cases, folder: out }, terminal.progress);
  for (const { file, leftOut } of printed) {
    for (const [reason, count] of Object.entries(leftOut)) {
      terminal.progress(`${file}: without ${count} cases on which Flink itself fails: ${reason}`);
    }
  }
  return printed.map(({ file }) => file);
}

function showReport(terminal: Terminal, { file, passed, failed, notApplicable }: VectorFileReport): void {
  const skipped = Object.values(notApplicable).reduce((total, cases) => total + cases, 0);
  terminal.result(
    `${basename(file).padEnd(26)} ${String(passed).padStart(4)} passed  ${String(failed.length).padStart(4)} failed  ${String(skipped).padStart(4)} not applicable\n`,
  );
  for (const [reason, cases] of Object.entries(notApplicable))
    terminal.result(`    ${String(cases).padStart(4)} not applicable: ${reason}\n`);
  for (const failure of failed.slice(0, FAILURES_SHOWN)) {
    terminal.result(
      `    ${failure.id}\n      expected ${JSON.stringify(failure.expected)}\n      actual   ${JSON.stringify(failure.actual)}\n`,
    );
  }
  if (failed.length > FAILURES_SHOWN)
    terminal.result(`    and ${failed.length - FAILURES_SHOWN} more failed\n`);
}
