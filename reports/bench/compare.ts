import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixtureResult, SeededLatency } from '../testing/index.ts';
import { noisyResult } from './noisy-side.ts';

/**
 * `node reports/bench/compare.ts [RESULT]`: what the commands that read results cost, from the start of the process to its end. `compare`
 * of two sides of ten invented results with 24 cells each, three times; one of them with `--self`; and `report` of RESULT (by default
 * results/bench/result.json, of `make bench`). The table goes to stdout; nothing is left behind.
 */
const RESULTS = 10;
const REPEATS = 3;
const [givenResult = 'results/bench/result.json'] = process.argv.slice(2);
const command = fileURLToPath(new URL('../../harness/cli/bin.js', import.meta.url));

const TELL_CPU = `data:text/javascript,${encodeURIComponent(
  "import{writeSync}from'node:fs';process.on('exit',()=>{const{user,system}=process.cpuUsage();writeSync(3,String(user+system))})",
)}`;

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
const size = async (path: string) => (await stat(path)).size;
const say = (line: string) => process.stdout.write(`${line}\n`);
const [given, random] = [fixtureResult(), new SeededLatency(3)];
const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-bench-compare-'));
try {
  const bytes = (await writeSide('base', 0)) + (await writeSide('head', 1));
  const [base, head] = [join(folder, 'base'), join(folder, 'head')];
  say(`Node ${process.versions.node}, ${cpus().length} CPUs, load ${loadavg()[0]?.toFixed(1)} before`);
  say(`2 x ${RESULTS} results of 24 cells: ${megabytes(bytes)}\n`);
  for (let i = 0; i < REPEATS; i++) say(await timed('compare BASE HEAD', ['compare', base, head]));
  say(await timed('compare BASE --self', ['compare', base, '--self']));
  if (await isFile(givenResult)) {
    const page = join(folder, 'report.html');
    say(await timed('report', ['report', givenResult, '--out', folder]));
    say(`report of ${megabytes(await size(givenResult))}: the page has ${megabytes(await size(page))}`);
  } else say(`report: there is no ${givenResult}; \`make bench\` makes it`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Sides take turns in time, as measured ones should; resolves to the bytes written. */
async function writeSide(name: string, offset: number): Promise<number> {
  let bytes = 0;
  for (let i = 0; i < RESULTS; i++) {
    const createdAt = new Date(Date.UTC(2026, 0, 2, 3, 2 * i + offset)).toISOString();
    const text = `${JSON.stringify(noisyResult(given, random, createdAt))}\n`;
    const path = join(folder, name, `${String(i).padStart(2, '0')}.json`);
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(path, text);
    bytes += Buffer.byteLength(text);
  }
  return bytes;
}

/** Runs one command line of the tool to its end, on which it must pass. CPU is that of all its threads, as the process itself tells. */
async function timed(what: string, commandLine: readonly string[]): Promise<string> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', TELL_CPU, command, ...commandLine], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  let cpuUs = '';
  child.stdio[3]?.on('data', (chunk) => {
    cpuUs += String(chunk);
  });
  const [code] = await once(child, 'close');
  const wallMs = performance.now() - startedAt;
  if (code !== 0) throw new Error(`${what} ended with exit code ${code}`);
  return `${what.padEnd(20)} ${(wallMs / 1_000).toFixed(2)} s wall, ${(Number(cpuUs) / 1e6).toFixed(2)} s CPU`;
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
