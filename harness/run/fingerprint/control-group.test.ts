import { expect, test } from 'vitest';
import { controlGroupLimits } from './control-group.ts';

const limitsIn = (files: Readonly<Record<string, string>>) => controlGroupLimits((path) => files[path]);

test('version 2: the tightest limit of the group and those above it', () => {
  const limits = limitsIn({
    '/proc/self/cgroup': '0::/user.slice/job.scope\n',
    '/sys/fs/cgroup/user.slice/job.scope/cpu.max': 'max 100000\n',
    '/sys/fs/cgroup/user.slice/job.scope/memory.max': '4294967296\n',
    '/sys/fs/cgroup/user.slice/cpu.max': '150000 100000\n',
    '/sys/fs/cgroup/user.slice/memory.max': 'max\n',
  });
  expect(limits).toEqual({ cpus: 1.5, memoryMb: 4_096 });
});

test('version 1: one hierarchy for each controller, numbers for "no limit"', () => {
  const proc = '4:memory:/docker/abc\n2:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc\n0::/\n';
  const limits = limitsIn({
    '/proc/self/cgroup': proc,
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '536870912\n',
    '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '50000\n',
    '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
  });
  expect(limits).toEqual({ cpus: 0.5, memoryMb: 512 });
  const unlimited = limitsIn({
    '/proc/self/cgroup': proc,
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
    '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
  });
  expect(unlimited).toEqual({ cpus: null, memoryMb: null });
});

test('a system without control groups sets no limits', () => {
  expect(limitsIn({})).toEqual({ cpus: null, memoryMb: null });
});
