import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goldenFiles } from '../../engines/conformance/index.ts';
import { runCommandLine } from './testing/index.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-conformance-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function firstCase(kind: string): Promise<{ id: string; expected: unknown[] }> {
  const file = goldenFiles().find((path) => path.includes(kind)) as string;
  return JSON.parse((await readFile(file, 'utf8')).split('\n')[0] as string) as {
    id: string;
    expected: unknown[];
  };
}

test('a vector that an engine contradicts is shown, and the exit code is 5', async () => {
  const right = await firstCase('flink-watermarks');
  const wrong = { ...right, id: 'changed', expected: right.expected.map(() => [{ watermarkMs: 123_456 }]) };
  const file = join(folder, 'changed.jsonl');
  await writeFile(file, `${JSON.stringify(right)}\n${JSON.stringify(wrong)}\n`);
  const { exitCode, stdout } = await runCommandLine(['conformance', file]);
  expect(stdout).toMatch(/changed\.jsonl +1 passed +1 failed +0 not applicable/);
  expect(stdout).toContain('123456');
  expect(exitCode).toBe(5);
});
