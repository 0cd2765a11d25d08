import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CostSampler } from './cost-sampler.ts';
import { type MachineSample, machineUseOf } from './machine-use.ts';

const sample = (
  processSeconds: number,
  stolenSeconds: number,
  totalSeconds: number,
  ownSeconds: number | null,
): MachineSample => ({
  atNs: 0n,
  machine: { processSeconds, stolenSeconds, totalSeconds },
  ownSeconds,
});

test('what is not ours is foreign, as a share of all cores', () => {
  const before = sample(100, 5, 1_000, 60);
  expect(machineUseOf(before, sample(110, 6, 1_020, 66))).toEqual({
    foreignCpuShare: 0.2,
    stolenCpuShare: 0.05,
  });
  expect(machineUseOf(before, sample(105, 5, 1_020, 66)).foreignCpuShare).toBe(0);
});

test('nothing is said without a broker of ours, or without time in between', () => {
  expect(machineUseOf(sample(100, 5, 1_000, null), sample(110, 6, 1_020, null))).toEqual({
    foreignCpuShare: null,
    stolenCpuShare: 0.05,
  });
  expect(machineUseOf(sample(100, 5, 1_000, 1), sample(100, 5, 1_000, 1)).stolenCpuShare).toBeNull();
});

test.runIf(process.platform === 'linux')(
  'a busy process counts as foreign, and no longer once it is known as ours',
  async () => {
    const busy = spawn(process.execPath, ['-e', 'for (;;);']);
    try {
      await once(busy, 'spawn');
      const ours = process.pid;
      const samplers = [[], [busy.pid as number]].map(
        (processIds) =>
          new CostSampler({
            engine: 'event',
            processIds: () => processIds,
            brokerProcessId: ours,
            events: [],
          }),
      );
      const fromNs = process.hrtime.bigint() - 1_000_000_000n;
      await delay(2_000);
      const [apart, known] = samplers.map((sampler) => {
        sampler.sample();
        return sampler.stop().usedBetween(fromNs, process.hrtime.bigint());
      });
      expect(apart?.foreignCpuShare).toBeGreaterThan(0);
      expect(apart?.foreignCpuShare).toBeGreaterThan(known?.foreignCpuShare as number);
      expect(apart?.stolenCpuShare).toBeLessThanOrEqual(1);
    } finally {
      busy.kill('SIGKILL');
      await once(busy, 'exit');
    }
  },
);
