import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import { CostSampler } from './cost-sampler.ts';

function burnCpu(seconds: number): void {
  const { user, system } = process.cpuUsage();
  const until = user + system + seconds * 1e6;
  let now = 0;
  while (now < until) {
    const usage = process.cpuUsage();
    now = usage.user + usage.system;
  }
}

const sources = { engine: 'event', brokerProcessId: null, events: [] };

test('the CPU time of a stretch is what the operating system counted in it, and a process that ended keeps its last figures', () => {
  let processIds = [process.pid];
  const sampler = new CostSampler({ ...sources, processIds: () => processIds });
  const fromNs = process.hrtime.bigint();
  burnCpu(0.3);
  sampler.sample();
  const toNs = process.hrtime.bigint();
  processIds = [];
  sampler.sample();
  const cost = sampler.stop();
  expect(cost.cpuSecondsBetween(fromNs, toNs)).toBeGreaterThanOrEqual(0.25);
  const processes = cost.processesOn(fromNs);
  expect(processes).toHaveLength(1);
  expect(processes[0]?.peakRssMb).toBeGreaterThan(10);
});

test('a process that is not there costs nothing', () => {
  const sampler = new CostSampler({ ...sources, processIds: () => [2 ** 30] });
  sampler.sample();
  expect(sampler.stop().processesOn(0n)).toEqual([]);
});

test('processes are named after their start, and carry the garbage collections they reported', () => {
  const events: PipelineEvent[] = [
    { kind: 'process-started', atNs: 1n, processId: process.pid, incarnation: 2 },
    { kind: 'gc-paused', atNs: 2n, processId: process.pid, durationMs: 1.5 },
    { kind: 'gc-paused', atNs: 3n, processId: process.pid, durationMs: 4 },
    { kind: 'gc-paused', atNs: 4n, processId: process.pid + 1, durationMs: 90 },
  ];
  const sampler = new CostSampler({ ...sources, events, processIds: () => [process.pid] });
  expect(sampler.stop().processesOn(0n)).toMatchObject([
    { name: 'event #2', gc: { pauses: 2, totalMs: 5.5, longestMs: 4 } },
  ]);
});

test.runIf(process.platform === 'linux')(
  'Linux also tells threads, context switches and bytes written',
  () => {
    const sampler = new CostSampler({ ...sources, processIds: () => [process.pid] });
    const [cost] = sampler.stop().processesOn(0n);
    expect(cost?.peakThreads).toBeGreaterThan(1);
    expect(cost?.voluntarySwitches).toBeGreaterThan(0);
    expect(cost?.bytesWritten).toBeGreaterThanOrEqual(0);
  },
);

test.runIf(process.platform === 'linux')(
  "what an engine's process started is its cost, by the command's name, and a shell that only waits is not listed",
  async () => {
    const burn = `const until = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < until);
      process.stdout.write('burnt'); process.stdin.resume();`;
    const shell = spawn('sh', ['-c', '"$0" -e "$1"; exit', process.execPath, burn], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const shellId = shell.pid as number;
    try {
      const events: PipelineEvent[] = [
        { kind: 'process-started', atNs: 1n, processId: process.pid, incarnation: 1 },
      ];
      const fromNs = process.hrtime.bigint();
      const sampler = new CostSampler({ ...sources, events, processIds: () => [process.pid] });
      await once(shell.stdout, 'data');
      sampler.sample();
      const cost = sampler.stop();
      const names = cost.processesOn(fromNs).map(({ name }) => name);
      expect(names).toEqual(['event #1', expect.stringMatching(/^event: (node|MainThread)$/)]);
      const [, helper] = cost.processesOn(fromNs);
      expect(helper?.cpuSeconds).toBeGreaterThanOrEqual(0.25);
    } finally {
      shell.stdin.end();
      await Promise.race([once(shell, 'exit'), sleep(5_000, undefined, { ref: false })]);
      if (shell.exitCode === null) process.kill(shellId, 'SIGKILL');
    }
  },
);
