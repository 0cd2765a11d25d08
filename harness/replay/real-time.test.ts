import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { leaveRealTime, requestRealTime } from './real-time.ts';

/** SCHED_OTHER. */
const ORDINARY = '0';

const policyIn = (stat: string): string | undefined => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[38];

afterEach(leaveRealTime);

test('says what the system granted, and gives it to no process that the thread starts', async () => {
  const granted = await requestRealTime();
  if (process.platform !== 'linux') {
    expect(granted).toBe('normal');
    return;
  }
  const own = policyIn(readFileSync('/proc/thread-self/stat', 'utf8'));
  expect(granted === 'real-time').toBe(own !== ORDINARY);
  expect(policyIn(execFileSync('cat', ['/proc/self/stat'], { encoding: 'utf8' }))).toBe(ORDINARY);
});

test('gives it back', async () => {
  await requestRealTime();
  await leaveRealTime();
  if (process.platform === 'linux') {
    expect(policyIn(readFileSync('/proc/thread-self/stat', 'utf8'))).toBe(ORDINARY);
  }
});
