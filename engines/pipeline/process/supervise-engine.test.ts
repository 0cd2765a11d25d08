import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Capability } from '../capability.ts';
import type { PipelineEvent, RunningPipeline } from '../lifecycle/index.ts';
import { nodeLauncher } from './node-launcher.ts';
import { SUPERVISION, superviseEngine } from './supervise-engine.ts';
import { scriptedDeployment } from './testing/scripted-deployment.ts';

const ENTRY = new URL('./testing/scripted-engine.ts', import.meta.url);

let root: string;
let stateFolder: string;
let events: PipelineEvent[];
let pipeline: RunningPipeline | undefined;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'supervise-'));
  stateFolder = join(root, 'state');
  events = [];
  pipeline = undefined;
});

afterEach(async () => {
  await pipeline?.abandon();
  rmSync(root, { recursive: true, force: true });
});

function launch(
  script: string,
  capabilities: readonly Capability[],
  signal?: AbortSignal,
): Promise<RunningPipeline> {
  return superviseEngine({
    engine: 'event',
    capabilities: new Set(capabilities),
    launcher: nodeLauncher({ entry: ENTRY, limits: { startingMs: 30_000, runningMs: 2_000 } }),
    deployment: scriptedDeployment(stateFolder, script),
    onEvent: (event) => events.push(event),
    signal,
  });
}

async function deploy(script: string, ...capabilities: Capability[]): Promise<RunningPipeline> {
  pipeline = await launch(script, capabilities);
  return pipeline;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const kinds = (): string[] => events.map((event) => event.kind);
const runnings = (): number => kinds().filter((kind) => kind === 'running').length;

function alive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

test('deploy resolves when the engine runs, in a process of its own; stop leaves the state folder and nothing else', async () => {
  const running = await deploy('count');
  const [processId] = running.processIds() as [number];
  expect(processId).not.toBe(process.pid);
  expect(alive(processId)).toBe(true);
  await running.stop({ drain: false });
  expect(kinds()).toEqual(['process-started', 'restored', 'running', 'stopped']);
  expect(running.processIds()).toEqual([]);
  expect(alive(processId)).toBe(false);
  expect(readdirSync(root)).toEqual(['state']);
});

test('the progress after a stop is the last word of the engine, and stop may be called again', async () => {
  const running = await deploy('count');
  const first = running.stop({ drain: true });
  expect(running.stop({ drain: false })).toBe(first);
  await first;
  expect(running.progress().positions).toEqual([Number(readFileSync(join(stateFolder, 'position'), 'utf8'))]);
  expect(running.progress().positions[0]).toBeGreaterThanOrEqual(1_000_000);
  expect(running.progress().incarnations).toBe(1);
});

test('a killed process is replaced at once and goes on from its state; the instants are in order', async () => {
  const running = await deploy('count');
  await until(() => (running.progress().positions[0] ?? 0) > 20);
  const { killedAtNs, progress } = running.kill('process');
  await until(() => runnings() === 2);
  expect(kinds()).toEqual([
    'process-started',
    'restored',
    'running',
    'process-exited',
    'process-started',
    'restored',
    'running',
  ]);
  const after = events.slice(3).map((event) => event.atNs);
  expect(after).toEqual([...after].sort((a, b) => (a < b ? -1 : 1)));
  expect(killedAtNs < (after[0] as bigint)).toBe(true);
  expect(events[3]).toMatchObject({ cause: 'signal SIGKILL', incarnation: 1 });
  expect(events[5]).toMatchObject({ incarnation: 2 });
  const restored = (events[5] as Extract<PipelineEvent, { kind: 'restored' }>).positions[0] as number;
  expect(restored).toBeGreaterThanOrEqual(progress.positions[0] as number);
  expect(running.progress().incarnations).toBe(2);
});

test('kills asked for are not counted as failures', async () => {
  const running = await deploy('count');
  for (let kill = 1; kill <= SUPERVISION.failuresWithoutProgress + 1; kill++) {
    running.kill('process');
    await until(() => runnings() === kill + 1);
  }
  await running.stop({ drain: false });
  expect(running.progress().incarnations).toBe(SUPERVISION.failuresWithoutProgress + 2);
}, 60_000);

test('a slot that fails is the next start of the same process; asked for, it is no failure', async () => {
  const running = await deploy('slots', 'slot-failure');
  const processes = running.processIds();
  for (let fault = 1; fault <= SUPERVISION.failuresWithoutProgress + 1; fault++) {
    const { killedAtNs, progress, progressAtNs } = running.kill('slot');
    expect(progressAtNs <= killedAtNs).toBe(true);
    expect(progress.incarnations).toBe(fault);
    await until(() => runnings() === fault + 1);
  }
  expect(running.processIds()).toEqual(processes);
  expect(events.slice(3, 6)).toMatchObject([
    { kind: 'slot-failed', incarnation: 1, slot: 0, positions: [expect.any(Number)] },
    { kind: 'restored', incarnation: 2 },
    { kind: 'running', incarnation: 2 },
  ]);
});

test('slots that fail over and over without progress end the pipeline', async () => {
  const running = await deploy('slots-fail-later', 'slot-failure');
  const failure = await running.failed.catch((error: Error) => error);
  const { cause } = events.findLast(({ kind }) => kind === 'slot-failed') as { readonly cause: string };
  expect(failure).toMatchObject({
    code: 'PIPELINE_FAILED',
    message: expect.stringContaining(`failed 5 times in a row without progress, last with: ${cause}`),
  });
  expect(running.processIds()).toEqual([]);
});

test('a fault of one slot is refused by name where the engine has none', async () => {
  const running = await deploy('count');
  expect(() => running.kill('slot')).toThrow(
    expect.objectContaining({
      code: 'PIPELINE_CAPABILITY_MISSING',
      message: expect.stringContaining('"slot-failure"'),
    }),
  );
});

test('pauses of the garbage collector in any thread become events, stamped when they began', async () => {
  const running = await deploy('garbage');
  const pauses = () => events.filter((event) => event.kind === 'gc-paused');
  await until(() => pauses().length >= 2);
  const [started] = events;
  for (const pause of pauses()) {
    expect(pause).toMatchObject({ processId: running.processIds()[0] });
    expect(pause.durationMs).toBeGreaterThan(0);
    expect(pause.atNs > (started?.atNs ?? 0n)).toBe(true);
    expect(pause.atNs < process.hrtime.bigint()).toBe(true);
  }
});

test('a process whose main thread hangs is noticed by its silence and replaced', async () => {
  await deploy('wedge-once');
  await until(() => runnings() === 2);
  expect(events.find((event) => event.kind === 'process-exited')).toMatchObject({
    cause: 'no heartbeat for 2000 ms',
  });
});

test('reports become events stamped in the engine', async () => {
  await deploy('report');
  expect(events.find((event) => event.kind === 'checkpoint-completed')).toMatchObject({
    checkpoint: { checkpointId: 1, bytesWritten: 9, startedAtNs: expect.any(BigInt) },
  });
});

test.each([
  ['refuse', 'PIPELINE_SETTING_INVALID', /slots = -1/],
  ['throw', 'PIPELINE_START_FAILED', /nothing to hold on to/],
  ['exit', 'PIPELINE_START_FAILED', /exit code 3/],
])(
  'a first start that fails (%s) rejects deploy with %s and is not tried again',
  async (script, code, message) => {
    await expect(deploy(script)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(kinds()).toEqual(['process-started', 'process-exited']);
  },
);

test('the error of a failed start carries the end of the log', async () => {
  await expect(deploy('exit')).rejects.toMatchObject({ hint: expect.stringContaining('last words') });
  expect(readFileSync(`${stateFolder}.log`, 'utf8')).toContain('last words');
});

test('the supervisor gives up after failures in a row without progress', async () => {
  const running = await deploy('fail-later');
  await expect(running.failed).rejects.toMatchObject({
    code: 'PIPELINE_FAILED',
    message: expect.stringContaining('poison record'),
  });
  expect(runnings()).toBe(SUPERVISION.failuresWithoutProgress);
  expect(running.processIds()).toEqual([]);
  await expect(running.stop({ drain: false })).rejects.toMatchObject({ code: 'PIPELINE_FAILED' });
  expect(() => running.kill('process')).toThrow(expect.objectContaining({ code: 'PIPELINE_NOT_RUNNING' }));
}, 60_000);

test('a process that dies while it stops is replaced, and the stop is carried out by the next', async () => {
  const running = await deploy('die-in-first-stop');
  await running.stop({ drain: true });
  expect(running.progress().incarnations).toBe(2);
  expect(running.progress().positions[0]).toBeGreaterThanOrEqual(1_000_000);
});

test('abandon kills and restarts nothing; a stop under way is rejected', async () => {
  const running = await deploy('count');
  const [processId] = running.processIds() as [number];
  const stop = running.stop({ drain: false });
  await running.abandon();
  await expect(stop).rejects.toMatchObject({ code: 'PIPELINE_ABANDONED' });
  expect(alive(processId)).toBe(false);
  expect(runnings()).toBe(1);
});

test('a signal that is aborted while the engine starts ends it, and deploy rejects', async () => {
  const controller = new AbortController();
  const deploying = launch('count', [], controller.signal);
  const [started] = events;
  controller.abort();
  await expect(deploying).rejects.toMatchObject({ code: 'PIPELINE_ABANDONED' });
  expect(started?.kind === 'process-started' && alive(started.processId)).toBe(false);
  expect(runnings()).toBe(0);
});

test('an engine whose parent dies ends itself, though all its threads are busy', async () => {
  const parent = spawn(
    process.execPath,
    [fileURLToPath(new URL('./testing/short-lived-parent.ts', import.meta.url)), stateFolder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const processId = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (data) => resolve(Number(String(data))));
  });
  expect(alive(processId)).toBe(true);
  await until(() => !alive(processId));
  expect(parent.signalCode).toBe('SIGKILL');
});
