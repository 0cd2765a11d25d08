import type { ProgressListener } from './progress.ts';

const INTERVAL_MS = 5_000;
const UNITS_MB: Readonly<Record<string, number>> = { B: 1e-6, kB: 1e-3, MB: 1, GB: 1e3 };

/**
 * Reads the output of `mvn -B` and tells what it has fetched, every 5 s while that grows: `Fetched 120 files, 50 of about 145 MB`.
 *
 * @param nowMs a monotonic clock
 * @returns what takes the output, in pieces as they come
 */
export function downloadProgress(
  sizeMb: number,
  onProgress: ProgressListener,
  nowMs: () => number,
): (output: string) => void {
  let rest = '';
  let files = 0;
  let fetchedMb = 0;
  let toldFiles = 0;
  let toldAtMs = nowMs();
  return (output) => {
    const lines = (rest + output).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) {
      const [, amount, unit] = /^\[INFO\] Downloaded from .* \(([\d.]+) (B|kB|MB|GB)\b/.exec(line) ?? [];
      if (amount === undefined) continue;
      files += 1;
      fetchedMb += Number(amount) * (UNITS_MB[unit ?? ''] ?? 0);
    }
    if (files === toldFiles || nowMs() - toldAtMs < INTERVAL_MS) return;
    onProgress(`Fetched ${files} files, ${Math.floor(fetchedMb)} of about ${sizeMb} MB`);
    toldFiles = files;
    toldAtMs = nowMs();
  };
}
