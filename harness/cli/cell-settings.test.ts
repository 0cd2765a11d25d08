import { expect, test } from 'vitest';
import { pipelineNamed } from '../run/index.ts';
import { cellSettings } from './cell-settings.ts';

const flink = pipelineNamed('flink');
const tuned = flink.profiles['tuned-latency'];

test("the user's settings stand over the profile's, and only they are given", () => {
  const set = { 'flink.bufferTimeoutMs': '7', lingerMs: '3', 'spark.cores': '1' };
  expect(cellSettings(flink, 'tuned-latency', { set, heap: 512, keys: 9 })).toEqual({
    profile: 'custom tuned-latency',
    settings: { ...tuned, bufferTimeoutMs: 7, lingerMs: 3 },
    given: new Set(['bufferTimeoutMs', 'lingerMs', 'heapMb', 'keys']),
  });
});

test("without settings of the user's a profile keeps its name, also at a point of a sweep", () => {
  expect(cellSettings(flink, 'default', { set: { 'event.parallelism': '1' } })).toMatchObject({
    profile: 'default',
    settings: {},
  });
  expect(cellSettings(flink, 'tuned-latency', {}, { checkpointIntervalMs: '50' })).toEqual({
    profile: 'tuned-latency',
    settings: { ...tuned, checkpointIntervalMs: 50 },
    given: new Set(['checkpointIntervalMs']),
  });
});

test.each([
  [{ parallelsim: '2' }, 'parallelsim = 2 of the flink engine'],
  [{ 'flink.parallelism': 'many' }, 'parallelism = many of the flink engine'],
  [{ 'spark.coars': '2' }, 'coars = 2 of the spark engine'],
  [{ 'storm.workers': '2' }, 'storm.workers = 2 of the flink engine'],
])('%j is refused by name', (set, named) => {
  expect(() => cellSettings(flink, 'default', { set })).toThrow(
    expect.objectContaining({
      code: 'PIPELINE_SETTING_INVALID',
      message: expect.stringContaining(named),
    }),
  );
});
