import { expect, test } from 'vitest';
import { bytesWrittenOf, childIdsOf, cpuSecondsOf, machineCpuOf, memoryOf, switchesOf } from './proc-text.ts';

test('CPU time is found behind a command with spaces and parentheses', () => {
  const stat = '18323 (node (a) b) S 1 18323 18323 0 -1 4194304 3523 0 9 0 1234 66 7 8 20 0 11 0 921\n';
  expect(cpuSecondsOf(stat)).toBeCloseTo(13, 9);
});

const STATUS = `Name:\tnode
VmHWM:\t  204800 kB
VmRSS:\t  102400 kB
Threads:\t11
voluntary_ctxt_switches:\t150
nonvoluntary_ctxt_switches:\t8
`;

test('memory, threads and context switches of a status', () => {
  expect(memoryOf(STATUS)).toEqual({ rssMb: 100, peakRssMb: 200, threads: 11 });
  expect(switchesOf(STATUS)).toEqual({ voluntary: 150, involuntary: 8 });
});

test('a process that is ending has no memory lines', () => {
  expect(memoryOf('Name:\tnode\nState:\tZ (zombie)\nThreads:\t1\n')).toEqual({
    rssMb: 0,
    peakRssMb: 0,
    threads: 1,
  });
});

test('written bytes are those for the storage layer, not those that were cancelled', () => {
  expect(bytesWrittenOf('wchar: 99\nread_bytes: 7\nwrite_bytes: 942080\ncancelled_write_bytes: 5\n')).toBe(
    942_080,
  );
  expect(bytesWrittenOf('wchar: 99\n')).toBeNull();
});

test('the children of a thread, or none', () => {
  expect(childIdsOf('812 813 ')).toEqual([812, 813]);
  expect(childIdsOf('')).toEqual([]);
});

test('the CPU of a machine: guest time is not counted twice, interrupts are no process', () => {
  const stat = 'cpu  1000 200 300 4000 500 60 40 800 90 10\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5\n';
  expect(machineCpuOf(stat)).toEqual({ processSeconds: 15, stolenSeconds: 8, totalSeconds: 69 });
  expect(machineCpuOf('intr 5\n')).toBeNull();
});
