import { writeWhole } from '../../../reports/model/index.ts';
import type { NamedResults, RegressionReport } from '../../../reports/regression/index.ts';
import { renderRegressionText } from '../../../reports/text/index.ts';
import { harnessErrors } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';
import type { ChosenFormat, Format } from './format-option.ts';

/** A comparison, and what was compared. */
export interface Comparison {
  readonly report: RegressionReport;
  readonly base: NamedResults;
  readonly head: NamedResults;
}

/**
 * Makes each chosen output of a comparison, in the order in which they were chosen, text where none was. A file is whole or not there.
 *
 * @throws HARNESS_OUTPUT_PATH where a file cannot be written
 */
export async function showComparison(
  comparison: Comparison,
  formats: readonly ChosenFormat[] = [{ format: 'text', path: null }],
  terminal: Terminal,
): Promise<void> {
  for (const { format, path } of formats) {
    const text = rendered(comparison, format, path === null && terminal.colour);
    if (path === null) terminal.result(text);
    else await written(path, () => writeWhole(path, text));
  }
}

function rendered({ report }: Comparison, format: Format, colour: boolean): string {
  switch (format) {
    case 'text':
      return renderRegressionText(report, { colour });
    case 'json':
      return `${JSON.stringify(report)}\n`;
    default:
      return format satisfies never;
  }
}

async function written(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw harnessErrors.error('HARNESS_OUTPUT_PATH', { path, problem }, cause);
  }
}
