import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MavenProject, mavenJars } from './maven-jars.ts';

const PATH = process.env.PATH ?? '';
const MODULE = new URL('./maven-jars.ts', import.meta.url).href;

let folder: string;
let project: MavenProject;
let told: string[];
const cached: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maven-jars-'));
  process.env.PATH = `${folder}:${PATH}`;
  const name = `test-${process.pid}-${cached.length}`;
  project = { what: 'The toy', name, pom: join(folder, 'pom.xml'), sizeMb: 3 };
  writeFileSync(project.pom, name);
  told = [];
});

afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
  for (const path of cached) rmSync(path, { recursive: true, force: true });
});

/** A `mvn` that finds the folder for the jars in `$jars`. */
function mavenThat(does: string): void {
  const program = join(folder, 'mvn');
  const find =
    'for a in "$@"; do case "$a" in -DoutputDirectory=*) jars="$(echo "$a" | cut -d= -f2)" ;; esac; done';
  writeFileSync(program, `#!/bin/sh\n${find}\necho $$ >> '${folder}/starts'\nmkdir -p "$jars"\n${does}\n`);
  chmodSync(program, 0o755);
}

async function make(): Promise<readonly string[]> {
  const jars = await mavenJars(project, (text) => told.push(text)).catch((error) => {
    // Of a failure the folder is known by the log alone.
    if (error.details?.log !== undefined) cached.push(dirname(error.details.log));
    throw error;
  });
  cached.push(jars.folder);
  return jars.dependencies.map((path) => path.slice(jars.folder.length));
}

const starts = (): readonly number[] =>
  existsSync(join(folder, 'starts'))
    ? readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n').map(Number)
    : [];

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

test('two at once make the jars once, and the one that waits says so', async () => {
  mavenThat('sleep 0.3; touch "$jars/a.jar"');
  const both = await Promise.all([make(), make()]);
  expect(both).toEqual([['/made/jars/a.jar'], ['/made/jars/a.jar']]);
  expect(starts()).toHaveLength(1);
  expect(told).toContain(`Waiting for another command that makes the jars of ${project.name}`);
  expect(readdirSync(cached.at(-1) as string)).toEqual(['made']);
});

test('a failure tells the cause and keeps what Maven said; the next try begins anew', async () => {
  mavenThat('touch "$jars/half.jar"; echo "[INFO] so far"; echo "[ERROR] Cannot access central"; exit 1');
  await expect(make()).rejects.toMatchObject({
    code: 'MAVEN_FAILED',
    message: 'Maven could not make the jars of the toy: Cannot access central',
    hint: expect.stringContaining('maven.log'),
  });
  const cache = cached.at(-1) as string;
  expect(readdirSync(cache)).toEqual(['maven.log']);
  expect(readFileSync(join(cache, 'maven.log'), 'utf8')).toContain('[INFO] so far');
  mavenThat('touch "$jars/a.jar"');
  expect(await make()).toEqual(['/made/jars/a.jar']);
  expect(readdirSync(cache)).toEqual(['made']);
});

test('without a mvn the error says what to install', async () => {
  process.env.PATH = folder;
  await expect(make()).rejects.toMatchObject({
    code: 'MAVEN_MISSING',
    hint: expect.stringContaining('Install Maven'),
  });
});

test.each([
  ['SIGINT', 'MAVEN_INTERRUPTED'],
  ['SIGKILL', ''],
] as const)('%s while Maven works leaves nothing that a later command trusts', async (signal, said) => {
  mavenThat('touch "$jars/half.jar"; test -e ready && exit 0; sleep 20 & wait');
  const command = startInProcess();
  const output = outputOf(command);
  await expect.poll(() => starts().length, { timeout: 10_000 }).toBe(1);
  command.kill(signal);
  await once(command, 'exit');
  expect(await output).toContain(said);
  const [maven = 0] = starts();
  // Nobody ends it for a command that was killed itself.
  if (signal === 'SIGKILL') process.kill(-maven, 'SIGKILL');
  else expect(isAlive(maven)).toBe(false);
  mavenThat('touch "$jars/a.jar"');
  expect(await make()).toEqual(['/made/jars/a.jar']);
  expect(readdirSync(cached.at(-1) as string)).toEqual(['made']);
});

function startInProcess(): ChildProcess {
  const script = `const { mavenJars } = await import(${JSON.stringify(MODULE)});
    await mavenJars(${JSON.stringify(project)}).catch(({ code }) => console.log(code));`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function outputOf({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stdout ?? []) text += chunk;
  return text;
}
