import { EXIT_CODE, type ExitReason } from '../../errors/index.ts';
import { rankedComparisons, refusedComparisons, renderText, writeReports } from '../../reports/index.ts';
import type { Result } from '../../reports/model/index.ts';
import { exitReasonOf } from '../run/index.ts';
import type { Terminal } from './terminal.ts';

interface Conclusion {
  /** Folder of the reports. */
  readonly out: string;
  /** Whether the result goes to stdout in place of the tables. */
  readonly json?: boolean;
}

/**
 * The end of every command that measures: writes the reports, shows the tables, and says how it ended. A session of which nothing may be
 * compared, since the settings of its sides differ, is invalid too.
 *
 * @param more text after the tables
 * @returns the exit code
 */
export async function conclude(
  result: Result,
  { out, json }: Conclusion,
  terminal: Terminal,
  more = '',
): Promise<number> {
  const { htmlPath } = await writeReports(result, out);
  if (json) terminal.result(`${JSON.stringify(result)}\n`);
  else terminal.result(`${renderText(result, { colour: terminal.colour })}\n${more}report: ${htmlPath}\n`);
  return EXIT_CODE[reasonOf(result)];
}

function reasonOf(result: Result): ExitReason {
  const reason = exitReasonOf(result);
  const nothingRanked = refusedComparisons(result).length > 0 && rankedComparisons(result) === 0;
  return reason === 'ok' && nothingRanked ? 'invalid' : reason;
}
