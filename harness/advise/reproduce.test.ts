import { expect, test } from 'vitest';
import type { Configuration } from '../../reports/evidence/index.ts';
import { pipelineNamed, settingsOf } from '../run/index.ts';
import { cellOf, reproductionOf } from './reproduce.ts';

const event = pipelineNamed('event');

function configurationOf(
  profile: string,
  sheet: readonly { readonly name: string; readonly value: string }[],
): Configuration {
  return {
    ...{ id: 'event-1', name: 'event-driven', workload: 'merchant-spend', engine: 'event', profile },
    ...{ guarantee: 'exactly-once', keys: 1_000, variables: {}, latencies: [], drains: [], searches: [] },
    ...{ recoveries: [], peakRssMb: null, runs: { passed: 1, refused: 0, wrong: 0 }, files: ['a.json'] },
    settings: sheet.map(({ name, value }) => ({ name, value, source: 'default' })),
  };
}

test('settings that differ from the default come as --set, those of a built-in profile as its name', () => {
  const tuned = event.settingsSheet({ ...event.profiles['tuned-latency'], checkpointIntervalMs: 50 });
  expect(reproductionOf(configurationOf('tuned-latency', tuned)).options).toEqual([
    ...['--engine', 'event', '--profile', 'tuned-latency', '--guarantee', 'exactly-once'],
    ...['--set', 'checkpointIntervalMs=50'],
  ]);
  expect(reproductionOf(configurationOf('mine', tuned)).options).toEqual([
    ...['--engine', 'event', '--guarantee', 'exactly-once', '--set', 'checkpointIntervalMs=50'],
    ...['--set', 'bufferTimeoutMs=0', '--set', 'fetchIntervalMs=0'],
  ]);
});

test('a profile that has changed since gives the values that were in force, and what is no setting any more is named', () => {
  const former = [...event.settingsSheet({}), { name: 'warpSpeed', value: '9', source: 'default' as const }];
  expect(reproductionOf(configurationOf('tuned-latency', former))).toEqual({
    options: [
      ...['--engine', 'event', '--profile', 'tuned-latency', '--guarantee', 'exactly-once'],
      ...['--set', 'bufferTimeoutMs=1', '--set', 'fetchIntervalMs=5'],
    ],
    unknown: ['warpSpeed'],
  });
});

test('the cell that runs a configuration again has its sheet: settings, heap and the content of its log', async () => {
  const sheet = [
    ...event.settingsSheet({ stateBackend: 'rocksdb', incrementalCheckpoints: true }),
    ...Object.entries({ heapMb: 512, inputPartitions: 8, keys: 77, skew: 0.5, lateShare: 0 }).map(
      ([name, value]) => ({ name, value: String(value), source: 'flag' as const }),
    ),
  ];
  const cell = await cellOf(configurationOf('mine', sheet), 3);
  const again = settingsOf(cell, event).map(({ name, value }) => [name, value]);
  expect(again.slice(0, event.settingsSheet({}).length)).toEqual(
    sheet.slice(0, event.settingsSheet({}).length).map(({ name, value }) => [name, value]),
  );
  expect(cell).toMatchObject({
    ...{ profile: 'mine', guarantee: 'exactly-once', heapMb: 512, seed: 3 },
    log: { partitions: 8, keys: 77, skew: 0.5, lateShare: 0, brokenShare: 0 },
  });
});
