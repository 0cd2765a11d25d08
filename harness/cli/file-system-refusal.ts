import type { CrosscurrentError } from '../../errors/index.ts';
import { harnessErrors } from '../errors.ts';

// Not ENOENT: a file that is not there may be one of this tool's own, and that is a defect.
const REFUSALS = [
  ...['EACCES', 'EPERM', 'EROFS', 'EEXIST', 'EISDIR', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'],
  ...['ENOSPC', 'EDQUOT', 'EFBIG'],
];

/** What the operating system refused to do with a path that the user chose, as an expected failure; null for any other error. */
export function fileSystemRefusal(error: unknown): CrosscurrentError | null {
  if (!(error instanceof Error)) return null;
  const { code, path, syscall, message } = error as NodeJS.ErrnoException;
  const isOfPath = path !== undefined || syscall === 'write';
  if (!isOfPath || code === undefined || !REFUSALS.includes(code) || syscall?.startsWith('spawn'))
    return null;
  return harnessErrors.error('HARNESS_FILE_SYSTEM', { problem: message }, error);
}
