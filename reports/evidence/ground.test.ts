import { expect, test } from 'vitest';
import { cell, latencyRun, syntheticResult } from '../claims/testing/index.ts';
import { groundsOf } from './ground.ts';

test('results of several machines, brokers or versions stand on several grounds', () => {
  const result = syntheticResult([cell('event', [latencyRun(5_000, { p50Ms: 1 })])]);
  const elsewhere = { ...result, machine: { ...result.machine, limits: { cpus: 1, memoryMb: 512 } } };
  const inMemory = { ...result, broker: { ...result.broker, kind: 'embedded-log' as const } };
  const grounds = groundsOf([
    { file: 'a', result },
    { file: 'b', result: elsewhere },
    { file: 'c', result },
    { file: 'd', result: inMemory },
  ]);
  expect(grounds).toEqual([
    {
      machine: 'Synthetic CPU, 2 cores, 8 GiB',
      broker: 'embedded Kafka 4.3.0',
      toolVersion: '0.1.0',
      files: ['a', 'c'],
    },
    expect.objectContaining({
      machine: 'Synthetic CPU, 2 cores, 8 GiB, limited to 1 CPUs, limited to 512 MiB',
      files: ['b'],
    }),
    expect.objectContaining({ broker: 'no Kafka, a log in memory', files: ['d'] }),
  ]);
});
