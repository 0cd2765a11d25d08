import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtureResult } from '../testing/index.ts';
import { readSide } from './read-side.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-side-'));
  const bare = { ...fixtureResult(), cells: [], floors: [] };
  const write = async (path: string, second: number) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const createdAt = `2026-01-02T03:04:${String(second).padStart(2, '0')}.000Z`;
    await writeFile(join(folder, path), JSON.stringify({ ...bare, createdAt }));
  };
  await write('one/result.json', 1);
  await write('many/b.json', 2);
  await write('many/a.json', 3);
  await write('many/later/result.json', 5);
  await write('many/later/other.json', 6);
  await write('many/earlier/x.json', 4);
  await write('many/deep/deeper/result.json', 7);
  await writeFile(join(folder, 'many/notes.txt'), 'no result');
  await symlink('later', join(folder, 'many/latest'));
  await mkdir(join(folder, 'none/empty'), { recursive: true });
  await mkdir(join(folder, 'cut'));
  await write('cut/a.json', 1);
  await writeFile(join(folder, 'cut/b.json'), '{"kind":"crosscurrent-result"');
  await mkdir(join(folder, 'loop'));
  await symlink('a.json', join(folder, 'loop/a.json'));
  await mkdir(join(folder, 'foreign'));
  await writeFile(join(folder, 'foreign/package.json'), '{"name":"x"}');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each<[what: string, path: string, name: string, seconds: readonly number[]]>([
  ['a file', 'one/result.json', 'result.json', [1]],
  ['a folder with a result.json', 'one/', 'one', [1]],
  ['a folder of files and folders, oldest first, none twice', 'many', 'many', [2, 3, 4, 5]],
])('%s', async (_, path, name, seconds) => {
  const side = await readSide(join(folder, path));
  expect(side.name).toBe(name);
  expect(side.results.map(({ createdAt }) => new Date(createdAt).getUTCSeconds())).toEqual(seconds);
});

test.each<[what: string, path: string, code: string]>([
  ['a folder without results', 'none', 'COMPARE_NO_RESULTS'],
  ['a path that is not there', 'absent', 'REPORT_FILE_MISSING'],
  ['a folder with one file cut short', 'cut', 'REPORT_FILE_TRUNCATED'],
  ['a folder with a link that leads nowhere', 'loop', 'REPORT_FILE_UNREADABLE'],
  ['a folder with a foreign file', 'foreign', 'REPORT_FILE_NOT_A_RESULT'],
])('%s is refused', async (_, path, code) => {
  await expect(readSide(join(folder, path))).rejects.toMatchObject({ code });
});
