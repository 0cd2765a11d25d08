import { expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { defineSettings } from './index.ts';

const declaration = defineSettings('event', {
  slots: { type: z.int().min(1).max(64), default: 2, meaning: 'Worker threads that hold keyed state.' },
  stateBackend: { type: z.enum(['heap', 'rocksdb']), default: 'heap', meaning: 'Where keyed state lives.' },
  changelog: { type: z.boolean(), default: true, meaning: 'Whether snapshots are incremental.' },
});

test('defaults are filled in, and the type of each setting follows from its declaration', () => {
  const settings = declaration.parse({ slots: 4 });
  expect(settings).toEqual({ slots: 4, stateBackend: 'heap', changelog: true });
  expectTypeOf(settings.slots).toEqualTypeOf<number>();
  expectTypeOf(settings.stateBackend).toEqualTypeOf<'heap' | 'rocksdb'>();
  expectTypeOf(settings.changelog).toEqualTypeOf<boolean>();
});

test('the sheet lists every setting with its effective value and where it is from, in the order of the declaration', () => {
  expect(declaration.sheet({ changelog: false })).toEqual([
    { name: 'slots', value: '2', source: 'default' },
    { name: 'stateBackend', value: 'heap', source: 'default' },
    { name: 'changelog', value: 'false', source: 'flag' },
  ]);
});

test.each([
  [{ slots: 0 }, /Setting slots = 0 of the event engine is invalid/],
  [{ slots: '4' }, /slots = 4/],
  [{ stateBackend: 'tape' }, /stateBackend = tape/],
  [{ slot: 1 }, /there is no such setting/],
  [{ toString: 1 }, /there is no such setting/],
])('refuses %j by name', (settings, message) => {
  expect(() => declaration.parse(settings)).toThrow(
    expect.objectContaining({
      code: 'PIPELINE_SETTING_INVALID',
      message: expect.stringMatching(message),
      hint: 'Settings of the event engine: slots, stateBackend, changelog.',
    }),
  );
});

test('a default that is not the one of the system itself says so, whatever the value', () => {
  const { sheet } = defineSettings('flink', {
    slots: { type: z.int(), default: 2, systemDefault: '1', meaning: 'Slots of a TaskManager.' },
  });
  expect(sheet({ slots: 4 })).toEqual([{ name: 'slots', value: '4', source: 'flag', systemDefault: '1' }]);
});
