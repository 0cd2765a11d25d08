import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { renderText, writeReports } from '../../../reports/index.ts';
import { readResult } from '../../../reports/model/index.ts';
import type { Terminal } from '../terminal.ts';
import { addResultFormat, type ChosenResultFormat, RESULT_FORMAT_HELP, showResult } from './result-format.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent report                      # results/latest
  $ npx crosscurrent report results/bench
  $ npx crosscurrent report results/bench/result.json --out /tmp/page
  $ npx crosscurrent report results/bench --json | jq .cells
  $ npx crosscurrent report results/bench --format junit=junit.xml --format hgrm=percentiles
  $ npx crosscurrent report results/bench --format compact=bench.json   # small enough to commit; no series over time`;

interface ReportOptions {
  readonly out?: string;
  readonly json?: boolean;
  readonly format?: readonly ChosenResultFormat[];
}

/** Makes table, summary and page again from a result file. */
export function reportCommand(terminal: Terminal): Command {
  return new Command('report')
    .description('Makes the table, the Markdown summary and the HTML page again from a result.')
    .argument('[result]', 'a result file or the folder that holds it', 'results/latest')
    .option('--out <folder>', 'where to write (default: beside the result)')
    .option('--json', 'print the validated result as JSON and write nothing')
    .option('--format <name[=path]>', RESULT_FORMAT_HELP, addResultFormat)
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: ReportOptions) => {
      const file = (await isFolder(path)) ? join(path, 'result.json') : path;
      const result = await readResult(file);
      if (options.json) {
        terminal.result(`${JSON.stringify(result)}\n`);
        return;
      }
      if (options.format !== undefined) {
        for (const chosen of options.format) await showResult(result, chosen, terminal);
        return;
      }
      const { htmlPath } = await writeReports(result, options.out ?? dirname(file));
      terminal.result(`${renderText(result, { colour: terminal.colour })}\nreport: ${htmlPath}\n`);
    });
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
