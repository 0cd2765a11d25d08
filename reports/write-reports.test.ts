import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeReports } from './index.ts';
import { readResult } from './model/index.ts';
import { fixtureResult } from './testing/index.ts';

test('all reports of a result land whole in one folder, made where needed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-reports-'));
  try {
    const result = fixtureResult();
    const written = await writeReports(result, join(folder, 'deep', 'er'));
    expect((await readdir(join(folder, 'deep', 'er'))).sort()).toEqual([
      'report.html',
      'report.md',
      'report.txt',
      'result.json',
    ]);
    expect(await readFile(written.textPath, 'utf8')).toBe(written.text);
    expect(await readResult(written.resultPath)).toEqual(result);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
