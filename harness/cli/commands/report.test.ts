import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeResult } from '../../../reports/model/index.ts';
import { fixtureResult } from '../../../reports/testing/index.ts';
import { runCommandLine } from '../testing/index.ts';
import { addResultFormat } from './result-format.ts';

test('report makes the formats that were asked for, and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-report-'));
  try {
    const result = join(folder, 'result.json');
    await writeResult(fixtureResult(), result);
    const [junit, hgrm] = [join(folder, 'junit.xml'), join(folder, 'percentiles')];
    const formats = ['markdown', `junit=${junit}`, `hgrm=${hgrm}`].flatMap((each) => ['--format', each]);
    const ended = await runCommandLine(['report', result, ...formats]);
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^\*\*[^\n]+\*\*\n\n### merchant-spend/);
    expect(await readFile(junit, 'utf8')).toContain('<testsuites name="crosscurrent result" tests="24"');
    expect(await readdir(hgrm)).toHaveLength(8);
    expect((await readdir(folder)).sort()).toEqual(['junit.xml', 'percentiles', 'result.json']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each(['word', 'junit=', 'hgrm'])('--format %s is refused', (format) => {
  const refusal = expect.objectContaining({ code: 'HARNESS_OPTION_INVALID' });
  expect(() => addResultFormat(format)).toThrow(refusal);
});

test('two formats do not share stdout', () => {
  const refusal = expect.objectContaining({ code: 'HARNESS_OPTION_INVALID' });
  expect(() => addResultFormat('junit', addResultFormat('markdown'))).toThrow(refusal);
});
