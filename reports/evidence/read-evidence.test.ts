import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cell, latencyRun, syntheticResult } from '../claims/testing/index.ts';
import { type Result, writeResult } from '../model/index.ts';
import { readEvidence } from './read-evidence.ts';

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosscurrent-evidence-'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

const resultOf = (day: number): Result => ({
  ...syntheticResult([cell('event', [latencyRun(5_000, { p50Ms: 1 })])]),
  createdAt: `2026-01-0${day}T00:00:00.000Z`,
});

test('files and folders are read, each result once, and what is no result is named', async () => {
  const folder = join(root, 'mixed');
  await writeResult(resultOf(1), join(folder, 'a', 'result.json'));
  await writeResult(resultOf(1), join(folder, 'copy', 'small.json'));
  await writeResult(resultOf(2), join(folder, 'deep', 'er', 'result.json'));
  await mkdir(join(folder, 'b'));
  await writeFile(join(folder, 'b', 'notes.json'), '{"kind": "shopping-list"}');
  await writeFile(join(folder, 'b', 'cut.json'), '{"kind": "crosscurrent-result", ');
  await writeFile(join(folder, 'b', 'report.txt'), 'no JSON');
  const alone = join(root, 'alone.json');
  await writeResult(resultOf(3), alone);
  const { loaded, skipped } = await readEvidence([folder, alone, alone, join(folder, 'a', 'result.json')]);
  expect(loaded.map(({ file, result }) => [file, result.createdAt.slice(0, 10)])).toEqual([
    [join(folder, 'a', 'result.json'), '2026-01-01'],
    [join(folder, 'deep', 'er', 'result.json'), '2026-01-02'],
    [alone, '2026-01-03'],
  ]);
  expect(skipped.map(({ file, reason }) => [file, reason.split(':')[0]])).toEqual([
    [join(folder, 'b', 'cut.json'), 'REPORT_FILE_TRUNCATED'],
    [join(folder, 'b', 'notes.json'), 'REPORT_FILE_NOT_A_RESULT'],
    [join(folder, 'copy', 'small.json'), 'the same result as a/result.json'],
  ]);
});

test('an empty folder holds nothing; a path where nothing is, and a named file that is no result, are errors', async () => {
  const empty = join(root, 'empty');
  await mkdir(empty);
  expect(await readEvidence([empty])).toEqual({ loaded: [], skipped: [] });
  await expect(readEvidence([join(root, 'nowhere')])).rejects.toMatchObject({ code: 'REPORT_FILE_MISSING' });
  const named = join(root, 'named.json');
  await writeFile(named, '[]');
  await expect(readEvidence([named])).rejects.toMatchObject({ code: 'REPORT_FILE_NOT_A_RESULT' });
});
