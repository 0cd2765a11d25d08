import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countSurefireReports } from './surefire-reports.ts';

test('adds up the reports of all classes: errors have failed, skipped tests count for nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-surefire-'));
  try {
    const report = (counts: string): string =>
      `<?xml version="1.0"?>\n<testsuite xmlns:xsi="x" name="A" time="1.5" ${counts}>\n<testcase name="tests=&quot;9&quot;"/></testsuite>`;
    await writeFile(
      join(folder, 'TEST-a.A.xml'),
      report('tests="12" errors="1" skipped="2" failures="3" flakes="0"'),
    );
    await writeFile(
      join(folder, 'TEST-a.B.xml'),
      report('tests="4" errors="0" skipped="0" failures="0" flakes="0"'),
    );
    await writeFile(join(folder, 'a.B.txt'), 'Tests run: 4');
    expect(countSurefireReports(folder)).toEqual({ passed: 10, failed: 4 });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a build that did not come as far as its tests has none', () => {
  expect(countSurefireReports('/nowhere')).toEqual({ passed: 0, failed: 0 });
});
