import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { renderCompact } from '../../../reports/compact/index.ts';
import { renderHgrm } from '../../../reports/hgrm/index.ts';
import { renderHtml } from '../../../reports/html/index.ts';
import { renderText } from '../../../reports/index.ts';
import { renderResultJunit } from '../../../reports/junit/index.ts';
import { renderMarkdown } from '../../../reports/markdown/index.ts';
import { type Result, writeWhole } from '../../../reports/model/index.ts';
import { harnessErrors } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';

const FORMATS = ['text', 'markdown', 'html', 'json', 'compact', 'junit', 'hgrm'] as const;
type ResultFormat = (typeof FORMATS)[number];

/** One output of a result; `path` is a file, for hgrm a folder, null for stdout. */
export interface ChosenResultFormat {
  readonly format: ResultFormat;
  readonly path: string | null;
}

/** What `--format` says of itself. */
export const RESULT_FORMAT_HELP = `make this alone, repeatable: ${FORMATS.join(', ')}; without a path it goes to stdout, hgrm needs a folder`;

/** Adds one more `name[=path]` to those before it; throws HARNESS_OPTION_INVALID. */
export function addResultFormat(
  text: string,
  before: readonly ChosenResultFormat[] = [],
): readonly ChosenResultFormat[] {
  const [name = '', ...rest] = text.split('=');
  const path = rest.length === 0 ? null : rest.join('=');
  const format = FORMATS.find((known) => known === name);
  if (format === undefined) throw refuse(`"${name}" is not one of ${FORMATS.join(', ')}.`);
  if (path === '') throw refuse(`"${text}" has no path behind the =.`);
  if (path === null && format === 'hgrm') throw refuse('hgrm makes several files; give a folder: hgrm=DIR.');
  if (path === null && before.some((chosen) => chosen.path === null)) {
    throw refuse(`two formats share stdout; give one of them a path: ${format}=FILE.`);
  }
  return [...before, { format, path }];
}

/**
 * Makes one output of a result. A file is whole or not there; folders of hgrm are made.
 *
 * @throws HARNESS_OUTPUT_PATH where a file cannot be written
 */
export async function showResult(
  result: Result,
  { format, path }: ChosenResultFormat,
  terminal: Terminal,
): Promise<void> {
  if (path === null) {
    for (const { text } of rendered(result, format, terminal.colour)) terminal.result(text);
    return;
  }
  try {
    if (format === 'hgrm') await mkdir(path, { recursive: true });
    for (const { name, text } of rendered(result, format, false)) await writeWhole(join(path, name), text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw harnessErrors.error('HARNESS_OUTPUT_PATH', { path, problem }, cause);
  }
}

/** The files of an output, by their place below its path; one that is a single file stands at the path itself. */
function rendered(result: Result, format: ResultFormat, colour: boolean) {
  const single = (text: string) => [{ name: '', text }];
  switch (format) {
    case 'text':
      return single(renderText(result, { colour }));
    case 'markdown':
      return single(renderMarkdown(result));
    case 'html':
      return single(renderHtml(result));
    case 'json':
      return single(`${JSON.stringify(result)}\n`);
    case 'compact':
      return single(renderCompact(result));
    case 'junit':
      return single(renderResultJunit(result));
    case 'hgrm':
      return renderHgrm(result);
    default:
      return format satisfies never;
  }
}

const refuse = (problem: string) =>
  harnessErrors.error('HARNESS_OPTION_INVALID', { option: '--format', problem, command: 'report' });
