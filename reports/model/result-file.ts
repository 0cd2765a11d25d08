import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { resultFileErrors } from './errors.ts';
import { exactMatch } from './exact-match.ts';
import { READABLE_VERSIONS, RESULT_KIND, type Result, resultSchema, SCHEMA_VERSION } from './result.ts';

/** The name of the result inside a folder of reports. */
export const RESULT_FILE_NAME = 'result.json';

/**
 * Reads and checks a result.
 *
 * @param path a result file, or a folder that holds a `result.json`
 * @throws REPORT_FILE_MISSING, REPORT_FILE_UNREADABLE, REPORT_FILE_TRUNCATED, REPORT_FILE_NOT_JSON, REPORT_FILE_NOT_A_RESULT,
 * REPORT_FILE_OTHER_KIND, REPORT_VERSION_UNKNOWN
 */
export async function readResult(path: string): Promise<Result> {
  const text = await readText(path);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    if (isCutShort(text)) {
      throw resultFileErrors.error('REPORT_FILE_TRUNCATED', { path, characters: text.length }, cause);
    }
    throw resultFileErrors.error('REPORT_FILE_NOT_JSON', { path, reason: reasonOf(cause) }, cause);
  }
  const head = headSchema.safeParse(document);
  if (!head.success) {
    const other = otherKindSchema.safeParse(document);
    if (other.success) {
      throw resultFileErrors.error('REPORT_FILE_OTHER_KIND', { path, kind: shown(other.data.kind, 40) });
    }
    throw resultFileErrors.error('REPORT_FILE_NOT_A_RESULT', {
      path,
      reason: `its "kind" is not "${RESULT_KIND}"`,
    });
  }
  const { schemaVersion } = head.data;
  if (!READABLE_VERSIONS.some((version) => version === schemaVersion)) {
    const found = shown(JSON.stringify(schemaVersion ?? null), 40);
    const supported = `${READABLE_VERSIONS.slice(0, -1).join(', ')} or ${READABLE_VERSIONS.at(-1)}`;
    throw resultFileErrors.error('REPORT_VERSION_UNKNOWN', { path, found, supported });
  }
  // As the schema would have it, for a file of an earlier version that lacks nothing.
  const current: unknown = { ...(document as object), schemaVersion: SCHEMA_VERSION };
  if (matchesResult(current)) return current as Result;
  const result = resultSchema.safeParse(document);
  if (!result.success) {
    const [issue] = result.error.issues;
    const reason =
      issue === undefined ? 'its form is wrong' : `${shown(issue.path.join('.'))}: ${shown(issue.message)}`;
    throw resultFileErrors.error('REPORT_FILE_NOT_A_RESULT', { path, reason }, result.error);
  }
  return result.data;
}

/**
 * Writes a result so that the file is either whole or not there: to another name in the same folder, synced, then renamed.
 * Makes the folder where needed. Rejects, with nothing written, when the result does not fit the schema.
 */
export async function writeResult(result: Result, path: string): Promise<void> {
  await writeWhole(path, `${JSON.stringify(resultSchema.parse(result))}\n`);
}

/** Writes a text file whole or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    const file = await open(unfinished, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

const matchesResult = exactMatch(resultSchema);

/** Comparisons, ledgers and the like, which this program writes too. */
const otherKindSchema = z.object({ kind: z.string().startsWith('crosscurrent-') });

const headSchema = z.object({ kind: z.literal(RESULT_KIND), schemaVersion: z.unknown().optional() });

async function readText(path: string): Promise<string> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    return await readFile(isFolder ? join(path, RESULT_FILE_NAME) : path, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw resultFileErrors.error('REPORT_FILE_MISSING', { path }, cause);
    }
    throw resultFileErrors.error('REPORT_FILE_UNREADABLE', { path, reason: reasonOf(cause) }, cause);
  }
}

const reasonOf = (cause: unknown) => shown(cause instanceof Error ? cause.message : String(cause));

/** A file may be anything: what a message quotes of it is short, and moves no cursor. */
const shown = (text: string, length = 200): string => text.slice(0, length).replaceAll(/\p{C}/gu, '?');

/** Whether unparsable text is a JSON object or array that stops before it is closed. */
function isCutShort(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '') return true;
  if (trimmed[0] !== '{' && trimmed[0] !== '[') return false;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < trimmed.length; i++) {
    const character = trimmed[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth === 0) return false;
  }
  return true;
}
