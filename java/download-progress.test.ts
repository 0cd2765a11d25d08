import { expect, test } from 'vitest';
import { downloadProgress } from './download-progress.ts';

test('adds up what Maven fetched and tells of it every few seconds, wherever its output is cut', () => {
  const told: string[] = [];
  let nowMs = 0;
  const hear = downloadProgress(
    145,
    (text) => told.push(text),
    () => nowMs,
  );
  const output = [
    '[INFO] Downloading from central: https://repo/a.jar',
    '[INFO] Downloaded from central: https://repo/a.jar (24 MB at 3.1 MB/s)',
    'Progress (1): 900 kB',
    '[INFO] Downloaded from central: https://repo/b.pom (900 kB at 1.0 MB/s)',
    '[INFO] Downloaded from central: https://repo/c.pom (512 B at 1 kB/s)',
    '[INFO] Downloaded from mirror: https://repo/d.jar (52 MB at 9.0 MB/s)',
    '',
  ].join('\n');
  for (let at = 0; at < output.length; at += 7) hear(output.slice(at, at + 7));
  expect(told).toEqual([]);
  nowMs = 5_000;
  hear('[INFO] Downloaded from central: https://repo/e.jar (0.2 MB at 9.0 MB/s)\n');
  nowMs = 15_000;
  hear('[INFO] Downloading from central: https://repo/f.jar\n');
  hear('[INFO] Downloaded from central: https://repo/f.jar (30 MB at 9.0 MB/s)\n');
  expect(told).toEqual(['Fetched 5 files, 77 of about 145 MB', 'Fetched 6 files, 107 of about 145 MB']);
});
