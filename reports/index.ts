import { join } from 'node:path';
import { renderHtml } from './html/index.ts';
import { renderMarkdown } from './markdown/index.ts';
import { RESULT_FILE_NAME, type Result, writeResult, writeWhole } from './model/index.ts';
import { renderText } from './text/index.ts';

export { rankedComparisons, refusedComparisons } from './comparison/index.ts';
export { renderText };

export interface WrittenReports {
  /** The text table without colour, as it stands in report.txt. */
  readonly text: string;
  readonly resultPath: string;
  readonly textPath: string;
  readonly markdownPath: string;
  readonly htmlPath: string;
}

/**
 * Writes a result and all its reports into a folder, which is made where needed: result.json, report.txt, report.md, report.html.
 * Each file is whole or not there; the result comes first.
 */
export async function writeReports(result: Result, folder: string): Promise<WrittenReports> {
  const resultPath = join(folder, RESULT_FILE_NAME);
  const textPath = join(folder, 'report.txt');
  const markdownPath = join(folder, 'report.md');
  const htmlPath = join(folder, 'report.html');
  const text = renderText(result, { colour: false });
  await writeResult(result, resultPath);
  await writeWhole(textPath, text);
  await writeWhole(markdownPath, renderMarkdown(result));
  await writeWhole(htmlPath, renderHtml(result));
  return { text, resultPath, textPath, markdownPath, htmlPath };
}
