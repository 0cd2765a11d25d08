import { expect, test } from 'vitest';
import { goldenFiles } from './golden-files.ts';
import { runVectorFile } from './vector-file.ts';

test('vectors that no engine models are counted with the reason, never as passed', async () => {
  const file = goldenFiles().find((path) => path.includes('spark-state')) as string;
  expect(await runVectorFile(file, {})).toEqual({
    file,
    passed: 0,
    failed: [],
    notApplicable: { 'no engine here models spark-state': 30 },
  });
});
