import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { matrixErrors } from './errors.ts';
import { type MatrixFile, matrixFileSchema } from './matrix-file.ts';
import { faultOf } from './place-in-document.ts';

/**
 * Reads and checks a matrix file, YAML or JSON (which is YAML too).
 *
 * @throws MATRIX_FILE_UNREADABLE, MATRIX_FILE_INVALID
 */
export async function readMatrix(path: string): Promise<MatrixFile> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw matrixErrors.error('MATRIX_FILE_UNREADABLE', { path, reason: (cause as Error).message }, cause);
  }
  return parseMatrix(text, path);
}

/** @throws MATRIX_FILE_INVALID */
export function parseMatrix(text: string, path: string): MatrixFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) {
    const place = `line ${lines.linePos(broken.pos[0]).line}`;
    throw matrixErrors.error('MATRIX_FILE_INVALID', { path, place, reason: broken.message }, broken);
  }
  const parsed = matrixFileSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const fault = issue
    ? faultOf(issue, document, lines)
    : { place: 'the top level', reason: 'its form is wrong' };
  throw matrixErrors.error('MATRIX_FILE_INVALID', { path, ...fault }, parsed.error);
}
