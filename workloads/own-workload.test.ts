import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDataflow } from '../engines/pipeline/index.ts';
import { loadWorkload } from './all-workloads.ts';

const EXAMPLE = fileURLToPath(new URL('./examples/page-views', import.meta.url));
const WHOLE = {
  title: "'x'",
  generate: '() => 0',
  oracle: '() => 0',
  dataflow: "{ module: import.meta.url, export: 'x' }",
};

let folder = '';
let modules = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-own-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A module of its own for each text: an import is remembered by its path. */
async function moduleOf(text: string): Promise<string> {
  modules += 1;
  const path = join(folder, `workload-${modules}.ts`);
  await writeFile(path, text);
  return path;
}

async function exporting(members: Readonly<Record<string, string>>): Promise<string> {
  const body = Object.entries(members).map(([name, value]) => `${name}: ${value}`);
  return await moduleOf(`export const workload = { ${body.join(', ')} };`);
}

describe('loadWorkload', () => {
  test.each([
    ['a folder', `./${relative(process.cwd(), EXAMPLE)}`],
    ['an absolute path', join(EXAMPLE, 'index.ts')],
    ['a URL', pathToFileURL(join(EXAMPLE, 'index.ts')).href],
  ])('loads a module by %s, and calls the workload by it', async (_, reference) => {
    const workload = await loadWorkload(reference);
    expect(workload.name).toBe(reference);
    const log = workload.generate({ ...workload.defaults, seed: 1, events: 50 });
    expect(log.specification).toMatchObject({ workload: reference, keys: 200, partitions: 4, events: 50 });
    expect(workload.oracle(log, workload.dataflowOptions(new Set())).expectedSamples).toBe(50);
    const options = workload.dataflowOptions(new Set());
    expect((await loadDataflow({ ...workload.dataflow, options })).name).toBe('page-views');
  });

  test('refuses what is not there or does not parse, with the cause and no stack', async () => {
    const broken = await moduleOf('export const workload = {');
    const failing = await moduleOf("throw new Error('no database');");
    for (const [reference, problem] of [
      [join(folder, 'none.ts'), 'ENOENT'],
      [folder, 'index.ts'],
      [broken, "Expected '}'|Unexpected|Expected"],
      [failing, 'no database'],
    ] as const) {
      await expect(loadWorkload(reference)).rejects.toMatchObject({
        code: 'WORKLOAD_MODULE_UNREADABLE',
        message: expect.stringMatching(new RegExp(problem)),
      });
    }
  });

  test.each(Object.keys(WHOLE))('says that the member %s is missing', async (member) => {
    const { [member]: _, ...others } = WHOLE as Record<string, string>;
    await expect(loadWorkload(await exporting(others))).rejects.toMatchObject({
      code: 'WORKLOAD_MODULE_INVALID',
      details: { member: `workload.${member}` },
    });
  });

  test.each([
    ['defaults', '{ partitions: 0 }', 'workload.defaults.partitions'],
    ['defaults', '{ more: 1 }', 'workload.defaults'],
    ['dataflow', "{ module: './x.ts', export: 'x' }", 'workload.dataflow.module'],
    ['dataflowOptions', '3', 'workload.dataflowOptions'],
  ])('says that the member %s is wrong: %s', async (member, value, path) => {
    await expect(loadWorkload(await exporting({ ...WHOLE, [member]: value }))).rejects.toMatchObject({
      code: 'WORKLOAD_MODULE_INVALID',
      details: { member: path },
    });
  });

  test('refuses a module that exports something else', async () => {
    const path = await moduleOf('export const workloads = [];');
    await expect(loadWorkload(path)).rejects.toMatchObject({
      code: 'WORKLOAD_MODULE_INVALID',
      details: { member: 'workload' },
    });
  });

  test('names the built-in workloads, and how a path starts, where a name is unknown', async () => {
    await expect(loadWorkload('page-views')).rejects.toMatchObject({
      code: 'WORKLOAD_UNKNOWN',
      hint: expect.stringMatching(/merchant-spend, login-tracker, regional-revenue.*starts with \.\/ or \//),
    });
  });
});
