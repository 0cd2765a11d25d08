import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const TAIL_BYTES = 65_536;
const LONGEST = 300;

/** Why a JVM of Flink ended, as the end of its log says: its innermost cause, an error, or else its last line. */
export function causeInLog(path: string): string {
  const lines = tailOf(path)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const cause =
    lines.findLast((line) => line.startsWith('Caused by: ')) ??
    lines.findLast((line) => / ERROR |^Error|Exception: /.test(line)) ??
    lines.at(-1) ??
    'It wrote no log.';
  return cause.replace('Caused by: ', '').slice(0, LONGEST);
}

function tailOf(path: string): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
      readSync(file, tail, 0, tail.length, size - tail.length);
      return tail.toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
