import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fixtureResult } from '../testing/index.ts';
import type { Cell, Result } from './result.ts';
import { readResult, writeResult } from './result-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-result-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a written result reads back the same, by its path and by its folder', async () => {
  const result = fixtureResult();
  await writeResult(result, join(folder, 'result.json'));
  expect(await readResult(join(folder, 'result.json'))).toEqual(result);
  expect(await readResult(folder)).toEqual(result);
  expect(await readdir(folder)).toEqual(['result.json']);
});

test('a name of 10 MB is a name', async () => {
  const [cell] = fixtureResult().cells as [Cell];
  const named = { ...cell, workload: '<'.repeat(1e7), runs: [] };
  await writeResult({ ...fixtureResult(), cells: [named], floors: [] }, join(folder, 'result.json'));
  expect((await readResult(folder)).cells[0]?.workload === named.workload).toBe(true);
});

test('a result that does not fit the schema is not written, and the earlier file stays', async () => {
  const path = join(folder, 'result.json');
  await writeResult(fixtureResult(), path);
  const before = await readFile(path, 'utf8');
  const broken: Result = { ...fixtureResult(), seed: Number.NaN };
  await expect(writeResult(broken, path)).rejects.toThrow();
  expect(await readFile(path, 'utf8')).toBe(before);
  expect(await readdir(folder)).toEqual(['result.json']);
});

describe('a file that is no result of this version', () => {
  const whole = JSON.stringify(fixtureResult());
  const { seed: _, ...withoutSeed } = fixtureResult();
  const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');
  const hugeKey = { ...fixtureResult(), versions: { ['\u001b[2J'.repeat(2.5e6)]: 1 } };
  test.each([
    ['empty', '', 'REPORT_FILE_TRUNCATED'],
    ['cut short in an object', whole.slice(0, -1), 'REPORT_FILE_TRUNCATED'],
    ['cut short in a string', whole.slice(0, 9), 'REPORT_FILE_TRUNCATED'],
    ['cut short in the middle', whole.slice(0, whole.length >> 1), 'REPORT_FILE_TRUNCATED'],
    ['a text', 'p99 was fine', 'REPORT_FILE_NOT_JSON'],
    ['a picture', png, 'REPORT_FILE_NOT_JSON'],
    ['JSON with a tail', '{"kind":"crosscurrent-result"} }', 'REPORT_FILE_NOT_JSON'],
    ['a list', '[1, 2]', 'REPORT_FILE_NOT_A_RESULT'],
    ['a string', '"crosscurrent-result"', 'REPORT_FILE_NOT_A_RESULT'],
    ['null', 'null', 'REPORT_FILE_NOT_A_RESULT'],
    ['with a wrong value under a key of 10 MB', JSON.stringify(hugeKey), 'REPORT_FILE_NOT_A_RESULT'],
    ['of another program', '{"kind":"other","schemaVersion":1}', 'REPORT_FILE_NOT_A_RESULT'],
    ['without a seed', JSON.stringify(withoutSeed), 'REPORT_FILE_NOT_A_RESULT'],
    ['of another kind of ours', '{"kind":"crosscurrent-claims"}', 'REPORT_FILE_OTHER_KIND'],
    ['of a later version', '{"kind":"crosscurrent-result","schemaVersion":4}', 'REPORT_VERSION_UNKNOWN'],
    [
      'of a version of 10 MB',
      JSON.stringify({ kind: 'crosscurrent-result', schemaVersion: '\u009b'.repeat(1e7) }),
      'REPORT_VERSION_UNKNOWN',
    ],
    ['of no version', '{"kind":"crosscurrent-result"}', 'REPORT_VERSION_UNKNOWN'],
  ])('%s', async (_name, content, code) => {
    const path = join(folder, 'some.json');
    await writeFile(path, content);
    const error = await readResult(path).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code, hint: expect.stringMatching(/\w/) });
    const { message } = error as Error;
    expect(message.length).toBeLessThan(path.length + 600);
    expect(message).not.toMatch(/\p{C}/u);
  });

  test('missing', async () => {
    await expect(readResult(join(folder, 'none.json'))).rejects.toMatchObject({
      code: 'REPORT_FILE_MISSING',
    });
    await expect(readResult(folder)).rejects.toMatchObject({ code: 'REPORT_FILE_MISSING' });
  });

  test.each([
    ['a folder in its place', 'result.json', 'REPORT_FILE_UNREADABLE'],
    ['a path through a file', 'file/result.json', 'REPORT_FILE_MISSING'],
    ['a path with a NUL', 'a\0b', 'REPORT_FILE_UNREADABLE'],
  ])('%s', async (_name, path, code) => {
    await mkdir(join(folder, 'result.json'));
    await writeFile(join(folder, 'file'), whole);
    await expect(readResult(path === 'result.json' ? folder : join(folder, path))).rejects.toMatchObject({
      code,
    });
  });

  test('the message says which versions are read', async () => {
    const path = join(folder, 'some.json');
    await writeFile(path, '{"kind":"crosscurrent-result","schemaVersion":4}');
    await expect(readResult(path)).rejects.toThrow(/version 4; this program reads version 1, 2 or 3/);
  });

  test('the message names what is wrong', async () => {
    const path = join(folder, 'some.json');
    await writeFile(path, JSON.stringify(withoutSeed));
    await expect(readResult(path)).rejects.toThrow(/seed/);
  });
});
