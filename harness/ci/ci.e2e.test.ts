/** The gate from end to end: two commits of a clone, run in turns on a real Kafka that both share. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { regressionReportSchema } from '../../reports/regression/index.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const RECORD_LOOP = 'engines/event/runtime/source-task.ts';
const RECORD = 'const timeMs = this.#record(input, source);';
/** 50 us of CPU for each record. */
const BURN = `const until = process.hrtime.bigint() + 50_000n; while (process.hrtime.bigint() < until);\n      ${RECORD}`;

let broker: OpenBroker;
let runOptions: readonly string[] = [];
let folder = '';
let clone = '';
/** The project's own commit, by its id: the clone may have no branch. */
let project = '';
beforeAll(async () => {
  await mkdir(join(PROJECT, '.cache'), { recursive: true });
  // Below the project, so that Node finds the packages.
  folder = await mkdtemp(join(PROJECT, '.cache', 'ci-test-'));
  clone = join(folder, 'clone');
  execFileSync('git', ['clone', '-q', '--no-tags', PROJECT, clone]);
  project = git('rev-parse', 'HEAD');
  broker = await openBroker({ choice: 'embedded' });
  const addresses = broker.connection.kind === 'kafka' ? broker.connection.brokers.join(',') : '';
  runOptions = [
    ...['--brokers', addresses, '--workload', 'merchant-spend', '--engine', 'event', '--measure', 'drain'],
    ...['--events', '20000', '--no-warm-up', '--no-floor', '--attempts', '1'],
  ];
});
afterAll(async () => {
  await broker?.stop();
  await rm(folder, { recursive: true, force: true });
});

function git(...commandArguments: string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
  return execFileSync('git', [...identity, '-C', clone, ...commandArguments], { encoding: 'utf8' }).trim();
}

/** A commit on top of the project's own that changes one file. */
async function commit(branch: string, file: string, change: (text: string) => string): Promise<void> {
  git('checkout', '-q', '-B', branch, project);
  const before = await readFile(join(clone, file), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(join(clone, file), after);
  git('commit', '-q', '-a', '-m', branch);
}

async function compare(head: string, ...more: string[]) {
  const out = join(folder, head);
  const command = ['ci', '--base', project, '--head', head, '--out', out, ...more];
  command.push('--format', 'text', '--format', `json=${join(out, 'regression.json')}`, '--', ...runOptions);
  const child = spawn(process.execPath, [join(PROJECT, 'harness/cli/bin.js'), ...command], { cwd: clone });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const exitCode = await new Promise((done) => child.on('close', done));
  return { exitCode, stdout, stderr, out };
}

const readReport = async (out: string) =>
  regressionReportSchema.parse(JSON.parse(await readFile(join(out, 'regression.json'), 'utf8')));

test('a slowdown planted in an engine exits 3 and is named', async () => {
  await commit('slowdown', RECORD_LOOP, (text) => text.replace(RECORD, BURN));
  const { exitCode, stdout, stderr, out } = await compare('slowdown', '--runs', '6', '--no-confirm');
  expect(exitCode, stdout + stderr).toBe(3);
  const { rows, base, head } = await readReport(out);
  expect([base.passedRuns, head.passedRuns]).toEqual([6, 6]);
  expect(rows.find(({ metric }) => metric === 'drain-rate')).toMatchObject({
    workload: 'merchant-spend',
    engine: 'event',
    verdict: 'regressed',
  });
  expect(stdout).toContain('event');
  expect(stdout).toMatch(/drain/i);
  expect(stderr).toContain('[6/6 head]');
  expect(await readdir(join(clone, '.cache', 'ci'))).toEqual([]);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
}, 400_000);

/** Of the drain rate alone, four runs of each side can show a difference. */
const FEW_RUNS = {
  minimumRuns: 4,
  metrics: { 'drain-cold-rate': { level: 'off' }, 'cpu-per-million-draining': { level: 'off' } },
};

test('a change of the documents exits 0', async () => {
  await commit('documents', 'README.md', (text) => `${text}\nOne line more.\n`);
  const config = join(folder, 'few-runs.json');
  await writeFile(config, JSON.stringify(FEW_RUNS));
  const { exitCode, stdout, stderr, out } = await compare('documents', '--runs', '4', '--config', config);
  const { rows, minimumRuns } = await readReport(out);
  const regressed = rows.filter(({ verdict, level }) => verdict === 'regressed' && level === 'error');
  expect(regressed, stdout + stderr).toEqual([]);
  expect(exitCode, stdout + stderr).toBe(0);
  // One metric, compared by the given configuration.
  expect(minimumRuns).toBe(4);
  expect(rows.map(({ metric }) => metric)).toEqual(['drain-rate']);
}, 400_000);
