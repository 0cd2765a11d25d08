import { stat } from 'node:fs/promises';
import { Command, Option } from 'commander';
import {
  type History,
  historySeries,
  readHistory,
  renderHistoryJson,
  renderHistoryText,
} from '../../../reports/history/index.ts';
import { METRICS, type MetricId } from '../../../reports/model/index.ts';
import { harnessErrors } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent history results
  $ npx crosscurrent history results --metric latency-p99 --metric drain-rate
  $ npx crosscurrent history results --format json | jq '.series[].changes'

A change of level is found by E-divisive with a t-test (Apache Otava's way). It takes about 20 results; a single last one is weak evidence.`;

interface HistoryOptions {
  readonly metric: readonly MetricId[];
  readonly format: 'text' | 'json';
  readonly minPoints: number;
}

/** Results from which on a series is searched for changes, unless told otherwise. */
export const DEFAULT_MINIMUM_POINTS = 10;

/** Shows many results in the order of time, with the changes of level. */
export function historyCommand(terminal: Terminal): Command {
  return new Command('history')
    .description('Shows many results in the order of time, with the changes of level.')
    .argument('<folder>', 'where the results are, up to three folders deep')
    .option('--metric <id>', `one metric; may be given more than once (${IDS.join(', ')})`, collectMetric, [])
    .addOption(new Option('--format <format>', 'how it is printed').choices(['text', 'json']).default('text'))
    .option(
      '--min-points <n>',
      'fewer results are shown, and not searched for changes',
      countOption('history'),
      DEFAULT_MINIMUM_POINTS,
    )
    .addHelpText('after', EXAMPLES)
    .action(async (folder: string, { metric, format, minPoints }: HistoryOptions) => {
      const history = await historyOf(folder, 'history');
      const series = historySeries(history, { metrics: metric, minimumPoints: minPoints });
      terminal.result(
        format === 'json' ? renderHistoryJson(history, series) : renderHistoryText(history, series),
      );
    });
}

/**
 * Reads the history below a folder.
 *
 * @throws HARNESS_OPTION_INVALID where it is no folder, or holds no result
 */
export async function historyOf(folder: string, command: string): Promise<History> {
  const refuse = (problem: string) =>
    harnessErrors.error('HARNESS_OPTION_INVALID', { option: '<folder>', problem, command });
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw refuse(`there is no folder ${folder}.`);
  const history = await readHistory(folder);
  if (history.entries.length > 0) return history;
  const [first] = history.skipped;
  throw refuse(
    `no result lies below ${folder}${first === undefined ? '' : ` (${first.path}: ${first.reason})`}.`,
  );
}

const IDS = METRICS.map(({ id }) => id);

function collectMetric(id: string, before: readonly MetricId[]): readonly MetricId[] {
  const known = IDS.find((each) => each === id);
  if (known !== undefined) return [...before, known];
  const problem = `there is no metric "${id}".`;
  throw harnessErrors.error('HARNESS_OPTION_INVALID', { option: '--metric', problem, command: 'history' });
}

/** Makes the parser of the fewest results that are searched. */
export function countOption(command: string): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (Number.isInteger(count) && count >= 3) return count;
    const problem = `"${text}" is not a whole number of at least 3.`;
    throw harnessErrors.error('HARNESS_OPTION_INVALID', { option: '--min-points', problem, command });
  };
}
