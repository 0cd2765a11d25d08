import { expect, test } from 'vitest';
import { pipelineNamed } from '../run/index.ts';
import { requireSwept, sweepOption, sweepPoints } from './sweep.ts';

const parse = sweepOption('recover', '--sweep');
const event = pipelineNamed('event');
const microBatch = pipelineNamed('micro-batch');

test('repeated sweeps are combined, the last varying fastest', () => {
  const sweeps = parse('lingerMs=0,5', parse('checkpointIntervalMs=250, 1000'));
  expect(sweepPoints(sweeps, event)).toEqual([
    { checkpointIntervalMs: '250', lingerMs: '0' },
    { checkpointIntervalMs: '250', lingerMs: '5' },
    { checkpointIntervalMs: '1000', lingerMs: '0' },
    { checkpointIntervalMs: '1000', lingerMs: '5' },
  ]);
});

test('a sweep is for the engines that have the setting, one with a prefix for that engine alone', () => {
  expect(sweepPoints(parse('checkpointIntervalMs=250,1000'), microBatch)).toEqual([{}]);
  expect(sweepPoints(parse('event.lingerMs=0,5'), microBatch)).toEqual([{}]);
  expect(sweepPoints(parse('micro-batch.lingerMs=0'), microBatch)).toEqual([{ lingerMs: '0' }]);
});

test.each(['checkpointIntervalMs', '=5', 'lingerMs=', 'lingerMs=1,,2'])('%j is no sweep', (text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'HARNESS_OPTION_INVALID' }));
});

test('a sweep that no engine knows is refused', () => {
  const refused = expect.objectContaining({ code: 'HARNESS_OPTION_INVALID' });
  expect(() =>
    requireSwept(parse('checkpointintervall=1'), [event, microBatch], 'recover', '--sweep'),
  ).toThrow(refused);
  expect(() => requireSwept(parse('checkpointIntervalMs=1'), [microBatch], 'recover', '--sweep')).toThrow(
    refused,
  );
  expect(() =>
    requireSwept(parse('checkpointIntervalMs=250'), [event, microBatch], 'recover', '--sweep'),
  ).not.toThrow();
});
