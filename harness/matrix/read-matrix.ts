import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { matrixErrors } from './errors.ts';
import { type MatrixFile, matrixFileSchema } from './matrix-file.ts';
import { faultOf, type SourceDocument } from './place-in-document.ts';

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
  return checked(document.toJS(), path, { document, lines });
}

/**
 * Checks the values of a matrix that stands in no file.
 *
 * @param name for messages
 * @throws MATRIX_FILE_INVALID
 */
export function matrixOf(values: unknown, name: string): MatrixFile {
  return checked(values, name);
}

function checked(values: unknown, path: string, source?: SourceDocument): MatrixFile {
  const parsed = matrixFileSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const fault = issue ? faultOf(issue, source) : { place: 'the top level', reason: 'its form is wrong' };
  throw matrixErrors.error('MATRIX_FILE_INVALID', { path, ...fault }, parsed.error);
}
