import { expect, test } from 'vitest';
import { ENTRY, type Entry } from './entry.ts';
import { OvertakenChannel } from './overtaken-channel.ts';

const BARRIER = 'barrier';

/** A channel that holds these keys and barriers. */
function channelOf(...arrived: string[]) {
  const fields = {
    key: '',
    row: {},
    timestampMs: 0,
    raw: undefined,
    source: 0,
    watermarkMs: 0,
    checkpointId: 0,
  };
  return Object.assign(fields, {
    arrived,
    next(): Entry {
      const next = arrived.shift();
      if (next === undefined) return ENTRY.none;
      if (next === BARRIER) return ENTRY.barrier;
      fields.key = next;
      return ENTRY.element;
    },
  });
}

function keysOf(entries: readonly { readonly key: string | number }[]) {
  return entries.map(({ key }) => key);
}

test('collects up to the barrier, over several looks, and gives all of it for processing in order', () => {
  const overtaken = new OvertakenChannel();
  const channel = channelOf('a', 'b');
  overtaken.beginOvertaking();
  overtaken.collect(channel);
  expect([overtaken.take()?.key, overtaken.awaitsBarrier]).toEqual(['a', true]);
  channel.arrived.push('c', BARRIER, 'd');
  overtaken.collect(channel);
  overtaken.collect(channel);
  expect(overtaken.awaitsBarrier).toBe(false);
  expect(keysOf(overtaken.recorded)).toEqual(['a', 'b', 'c']);
  expect([overtaken.take()?.key, overtaken.take()?.key, overtaken.take()]).toEqual(['b', 'c', undefined]);
  expect(channel.arrived).toEqual(['d']);
});

test('a second barrier overtakes what still waits from the first', () => {
  const overtaken = new OvertakenChannel();
  const channel = channelOf('a', 'b', BARRIER, 'c', BARRIER);
  overtaken.beginOvertaking();
  overtaken.collect(channel);
  overtaken.take();
  overtaken.endOvertaking();
  overtaken.beginOvertaking();
  overtaken.collect(channel);
  expect(keysOf(overtaken.recorded)).toEqual(['b', 'c']);
  expect(overtaken.waiting).toBe(2);
});
