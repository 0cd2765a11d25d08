import { expect, test } from 'vitest';
import { describeMachine, describeVersions } from './index.ts';
import { distributionOf, javaVersionOf } from './machine.ts';

test('versions are those of the installed packages', () => {
  expect(Object.keys(describeVersions())).toEqual([
    'crosscurrent',
    'kafkajs',
    'rocksdb',
    'apache-arrow',
    'hdr-histogram-js',
  ]);
  for (const version of Object.values(describeVersions())) expect(version).toMatch(/^\d+\.\d+\.\d+/);
});

test.each([
  ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', '17.0.15'],
  ['java version "1.8.0_412"', '1.8.0_412'],
  ['sh: java: not found', null],
])('the version in %j is %j', (answer, version) => {
  expect(javaVersionOf(answer)).toBe(version);
});

test('a distribution has a name, quoted or not', () => {
  expect(distributionOf('NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n')).toBe(
    'Debian GNU/Linux 12 (bookworm)',
  );
  expect(distributionOf('PRETTY_NAME=Alpine\n')).toBe('Alpine');
  expect(distributionOf('')).toBeNull();
});

test('this machine has cores, memory and a clock that moves', () => {
  const machine = describeMachine();
  expect(machine.cores).toBeGreaterThan(0);
  expect(machine.memoryMb).toBeGreaterThan(0);
  expect(machine.clockResolutionUs).toBeGreaterThan(0);
});
