import { join } from 'node:path';
import { Command } from 'commander';
import { historySeries } from '../../../reports/history/index.ts';
import { renderHistoryHtml } from '../../../reports/html/history/index.ts';
import { cleanText } from '../../../reports/markup/index.ts';
import { writeWhole } from '../../../reports/model/index.ts';
import type { Terminal } from '../terminal.ts';
import { countOption, DEFAULT_MINIMUM_POINTS, historyOf } from './history.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent index results`;

/** Writes a page over many results: a table, and a trend a cell and metric. */
export function indexCommand(terminal: Terminal): Command {
  return new Command('index')
    .description('Writes index.html over all results of a folder: a table and trends.')
    .argument('<folder>', 'where the results are, up to three folders deep')
    .option(
      '--min-points <n>',
      'fewer results are drawn, and not searched for changes',
      countOption('index'),
      DEFAULT_MINIMUM_POINTS,
    )
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, { minPoints }: { readonly minPoints: number }) => {
      const history = await historyOf(folder, 'index');
      const path = join(folder, 'index.html');
      const series = historySeries(history, { metrics: [], minimumPoints: minPoints });
      await writeWhole(path, renderHistoryHtml(history, series));
      for (const { path: left, reason } of history.skipped) {
        terminal.note(`left out: ${cleanText(left, 120)}: ${cleanText(reason, 200)}\n`);
      }
      terminal.result(`index: ${path}\n`);
    });
}
