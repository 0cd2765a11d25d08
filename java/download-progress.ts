import type { ProgressListener } from './progress.ts';

const STEP_MB = 25;
const UNITS_MB: Readonly<Record<string, number>> = { B: 1e-6, kB: 1e-3, MB: 1, GB: 1e3 };

/**
 * Reads the output of `mvn -B` and tells of every 25 MB that it fetched: `Fetched 50 of about 145 MB`.
 *
 * @returns what takes the output, in pieces as they come
 */
export function downloadProgress(sizeMb: number, onProgress: ProgressListener): (output: string) => void {
  let rest = '';
  let fetchedMb = 0;
  let told = 0;
  return (output) => {
    const lines = (rest + output).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) {
      const [, amount, unit] = /^\[INFO\] Downloaded from .* \(([\d.]+) (B|kB|MB|GB)\b/.exec(line) ?? [];
      fetchedMb += Number(amount ?? 0) * (UNITS_MB[unit ?? ''] ?? 0);
    }
    const steps = Math.floor(fetchedMb / STEP_MB);
    if (steps > told) onProgress(`Fetched ${steps * STEP_MB} of about ${sizeMb} MB`);
    told = steps;
  };
}
