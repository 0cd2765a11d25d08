import { expect, test } from 'vitest';
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

test('the CPU time of a stretch is what the operating system counted in it, and a process that ended keeps its last figures', () => {
  let processIds = [process.pid];
  const sampler = new CostSampler(() => processIds);
  sampler.sample();
  const fromNs = process.hrtime.bigint();
  burnCpu(0.3);
  sampler.sample();
  const toNs = process.hrtime.bigint();
  processIds = [];
  sampler.sample();
  const cost = sampler.stop();
  expect(cost.cpuSecondsBetween(fromNs, toNs)).toBeGreaterThanOrEqual(0.25);
  expect(cost.processes).toHaveLength(1);
  expect(cost.processes[0]?.peakRssMb).toBeGreaterThan(10);
});

test('a process that is not there costs nothing', () => {
  const sampler = new CostSampler(() => [2 ** 30]);
  sampler.sample();
  expect(sampler.stop().processes).toEqual([]);
});
