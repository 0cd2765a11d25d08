import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderRegressionGithub } from '../../../reports/github/index.ts';
import { renderHgrm } from '../../../reports/hgrm/index.ts';
import { renderRegressionHtml } from '../../../reports/html/regression/index.ts';
import { renderRegressionJson } from '../../../reports/json/index.ts';
import { renderRegressionJunit } from '../../../reports/junit/index.ts';
import { renderRegressionMarkdown } from '../../../reports/markdown/index.ts';
import { type Result, writeWhole } from '../../../reports/model/index.ts';
import { mergedCells, type NamedResults, type RegressionReport } from '../../../reports/regression/index.ts';
import { renderRegressionText } from '../../../reports/text/index.ts';
import { harnessErrors } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';
import type { ChosenFormat } from './format-option.ts';

/** A comparison, and what was compared. */
export interface Comparison {
  readonly report: RegressionReport;
  readonly base: NamedResults;
  readonly head: NamedResults;
}

/**
 * Makes each chosen output of a comparison, in the order in which they were chosen, text where none was. A file is whole or not there.
 * `github` writes annotations and appends its summary to the file that GITHUB_STEP_SUMMARY of the environment names; `hgrm` makes a folder with
 * `base` and `head` in it.
 *
 * @throws HARNESS_OUTPUT_PATH where a file cannot be written
 */
export async function showComparison(
  comparison: Comparison,
  formats: readonly ChosenFormat[] = [{ format: 'text', path: null }],
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  for (const chosen of formats) await show(comparison, chosen, terminal, environment);
}

async function show(
  { report, base, head }: Comparison,
  { format, path }: ChosenFormat,
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const give = async (text: string): Promise<void> => {
    if (path === null) terminal.result(text);
    else await written(path, () => writeWhole(path, text));
  };
  switch (format) {
    case 'text':
      return await give(renderRegressionText(report, { colour: path === null && terminal.colour }));
    case 'markdown':
      return await give(renderRegressionMarkdown(report));
    case 'json':
      return await give(renderRegressionJson(report));
    case 'junit':
      return await give(renderRegressionJunit(report));
    case 'html':
      return await give(renderRegressionHtml(report, base.results, head.results));
    case 'github': {
      const { annotations, summary } = renderRegressionGithub(report);
      const summaryPath = environment.GITHUB_STEP_SUMMARY;
      await give(annotations);
      if (summaryPath) await written(summaryPath, () => appendFile(summaryPath, summary));
      return;
    }
    case 'hgrm':
      if (path === null) return;
      await writeHgrm(join(path, 'base'), base.results);
      return await writeHgrm(join(path, 'head'), head.results);
    default:
      return format satisfies never;
  }
}

/** A file a cell, from all runs of the side. */
async function writeHgrm(folder: string, results: readonly Result[]): Promise<void> {
  const [first] = results;
  if (first === undefined) return;
  const cells = [...mergedCells(results).values()].map(({ cell }) => cell);
  for (const { name, text } of renderHgrm({ ...first, cells })) {
    const path = join(folder, name);
    await written(path, () => writeWhole(path, text));
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
