import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const TAIL_BYTES = 65_536;
const LONGEST = 300;

/** Why a JVM of Flink ended, as the end of its log says: its innermost cause, an error, or else what it said last. */
export function causeInLog(path: string): string {
  const lines = tailOf(path)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const cause =
    lines.findLast((line) => line.startsWith('Caused by: ')) ??
    lines.findLast((line) => / ERROR |^Error|Exception: /.test(line)) ??
    lastLine(lines.at(-1));
  return cause.replace('Caused by: ', '').slice(0, LONGEST);
}

/** Who was killed says nothing, so the last line is no cause. */
function lastLine(line: string | undefined): string {
  return line === undefined ? 'It wrote no log.' : `The log ends with: ${line}`;
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
