import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { classArchiveOptions } from './class-archive.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spark-archive-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A `java` that counts its starts, and then does as told. */
function javaThat(does: string): {
  readonly program: string;
  readonly version: string;
  readonly major: number;
} {
  const program = join(folder, 'java');
  writeFileSync(program, `#!/bin/sh\necho start >> '${folder}/starts'\n${does}\n`);
  chmodSync(program, 0o755);
  return { program, version: '17', major: 17 };
}

const WRITES =
  'for a in "$@"; do case "$a" in -XX:Archive*) echo classes > "$(echo "$a" | cut -d= -f2)" ;; esac; done';
const starts = (): number => readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n').length;

test('the archive is made once, whoever asks at the same time, and nothing else is left', async () => {
  const java = javaThat(WRITES);
  const options = await Promise.all([1, 2].map(() => classArchiveOptions(java, 'a.jar', folder)));
  const archive = readdirSync(folder).find((name) => name.endsWith('.jsa')) ?? '';
  expect(options[0]).toEqual([
    `-XX:SharedArchiveFile=${join(folder, archive)}`,
    '-Xlog:cds=off',
    '-Xlog:cds+dynamic=off',
  ]);
  expect(options[1]).toEqual(options[0]);
  expect(starts()).toBe(1);
  expect(readdirSync(folder).sort()).toEqual([archive, 'java', 'starts'].sort());
});

test('other jars have an archive of their own; a Java that makes none starts without', async () => {
  await classArchiveOptions(javaThat(WRITES), 'a.jar', folder);
  expect(await classArchiveOptions(javaThat('exit 1'), 'b.jar', folder)).toEqual([]);
  expect(starts()).toBe(2);
});
