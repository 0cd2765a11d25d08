import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { majorVersion, requireCompiler, requireJava } from './java.ts';

const NEED = { what: 'The embedded Kafka', instead: 'choose --broker log' };

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'crosscurrent-java-'));
  await mkdir(join(home, 'bin'));
});
afterAll(() => rm(home, { recursive: true }));

test.each([
  ['17.0.15', 17],
  ['1.8.0_412', 8],
  ['21', 21],
  ['25-ea', 25],
  ['11.0.2', 11],
])('the release of version %s is %d', (version, major) => {
  expect(majorVersion(version)).toBe(major);
});

test('without a java program it fails with JAVA_MISSING and says where it looked', async () => {
  await expect(requireJava(NEED, { JAVA_HOME: '/nowhere' })).rejects.toMatchObject({
    code: 'JAVA_MISSING',
    message: expect.stringContaining('/nowhere/bin/java'),
  });
});

test.each([
  ['1.8.0_412', 'JAVA_TOO_OLD'],
  ['16.0.1', 'JAVA_TOO_OLD'],
])('an old java %s fails with %s', async (version, code) => {
  const program = join(home, 'bin', 'java');
  await writeFile(program, `#!/bin/sh\necho 'openjdk version "${version}" 2020-01-01' >&2\n`);
  await chmod(program, 0o755);
  await expect(requireJava(NEED, { JAVA_HOME: home })).rejects.toMatchObject({
    code,
    hint: expect.stringContaining('Java 17'),
  });
});

test('a runtime without a compiler fails with JAVA_NO_COMPILER, and a JDK does not', async () => {
  const program = join(home, 'bin', 'java');
  await writeFile(
    program,
    `#!/bin/sh\necho '    java.home = ${home}' >&2\necho 'openjdk version "17.0.15" 2025-04-15' >&2\n`,
  );
  await chmod(program, 0o755);
  await expect(requireCompiler(NEED, { JAVA_HOME: home })).rejects.toMatchObject({
    code: 'JAVA_NO_COMPILER',
    message: expect.stringContaining(join(home, 'lib', 'ct.sym')),
    hint: expect.stringContaining('Install a JDK'),
  });
  await mkdir(join(home, 'lib'));
  await writeFile(join(home, 'lib', 'ct.sym'), '');
  await expect(requireCompiler(NEED, { JAVA_HOME: home })).resolves.toMatchObject({ major: 17 });
});
