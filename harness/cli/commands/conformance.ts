import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { goldenFiles, runVectorFile, type VectorFileReport } from '../../../engines/conformance/index.ts';
import { EXIT_CODE } from '../../../errors/index.ts';
import { printFlinkVectors, printSparkVectors, VECTOR_RUNNERS } from '../../run/index.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent conformance
  $ npx crosscurrent conformance engines/conformance/golden/flink-watermarks.jsonl --json
  $ npx crosscurrent conformance --fresh --seed 7 --cases 1000 --spark-cases 200
  $ npx crosscurrent conformance --fresh --seed 8 --cases 0 --spark-cases 100

With --fresh the real Flink and the real Spark print cases that nobody has seen, drawn from the seed: Maven resolves them, and a JDK compiles the
programs that draw. A case of Spark is a query of its own there and takes a good part of a second, hence fewer of them.`;

/** How many failed cases of a file are shown in full. */
const FAILURES_SHOWN = 3;

interface ConformanceOptions {
  readonly fresh?: boolean;
  readonly seed: number;
  readonly cases: number;
  readonly sparkCases: number;
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
      'run new vectors that the real Flink and Spark print now, in place of those of engines/conformance/golden',
    )
    .addOption(
      new Option('--seed <n>', 'of the new vectors; this and the next three imply --fresh')
        .argParser(values.whole('--seed', 0))
        .default(1)
        .implies({ fresh: true }),
    )
    .addOption(
      new Option('--cases <n>', 'new vectors of each of the four kinds of Flink; 0 for none')
        .argParser(values.whole('--cases', 0, 1_000_000))
        .default(1_000)
        .implies({ fresh: true }),
    )
    .addOption(
      new Option('--spark-cases <n>', 'new vectors of each of the two kinds of Spark; 0 for none')
        .argParser(values.whole('--spark-cases', 0, 100_000))
        .default(200)
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
  { fresh, seed, cases, sparkCases, out = `results/vectors-${seed}` }: ConformanceOptions,
  terminal: Terminal,
): Promise<readonly string[]> {
  if (!fresh) return named.length > 0 ? [] : goldenFiles();
  const ofSpark =
    sparkCases === 0
      ? []
      : await printSparkVectors({ seed, cases: sparkCases, folder: out }, terminal.progress);
  if (cases === 0) return ofSpark;
  const printed = await printFlinkVectors({ seed, cases, folder: out }, terminal.progress);
  for (const { file, leftOut } of printed) {
    for (const [reason, count] of Object.entries(leftOut)) {
      terminal.progress(`${file}: without ${count} cases on which Flink itself fails: ${reason}`);
    }
  }
  return [...printed.map(({ file }) => file), ...ofSpark];
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
