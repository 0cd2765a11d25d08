import { basename } from 'node:path';
import { Command } from 'commander';
import { goldenFiles, runVectorFile, type VectorFileReport } from '../../../engines/conformance/index.ts';
import { EXIT_CODE } from '../../../errors/index.ts';
import { VECTOR_RUNNERS } from '../../run/index.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent conformance
  $ npx crosscurrent conformance engines/conformance/golden/flink-watermarks.jsonl --json`;

/** How many failed cases of a file are shown in full. */
const FAILURES_SHOWN = 3;

/** Runs golden vectors of the real Flink and Spark through the engines' own operators. */
export function conformanceCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return new Command('conformance')
    .description('Runs golden vectors, printed by the real Flink and Spark, through the engines.')
    .argument('[files...]', 'vector files (default: those of engines/conformance/golden)')
    .option('--json', 'print as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], options: { readonly json?: boolean }) => {
      const reports: VectorFileReport[] = [];
      for (const file of files.length > 0 ? files : goldenFiles()) {
        const report = await runVectorFile(file, VECTOR_RUNNERS);
        reports.push(report);
        if (!options.json) showReport(terminal, report);
      }
      if (options.json) terminal.result(`${JSON.stringify(reports)}\n`);
      if (reports.some(({ failed }) => failed.length > 0)) exitWith(EXIT_CODE.oracle);
    });
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
