import { expect, test } from 'vitest';
import { bytes, percent, sharePercent, significant, whole } from './format.ts';
import { scaleFor, withUnit } from './scale.ts';

test.each([
  [0, '0'],
  [0.004214, '0.00421'],
  [0.09996, '0.100'],
  [9.996, '10.0'],
  [18.26, '18.3'],
  [99.96, '100'],
  [741.6, '742'],
  [999.6, '1,000'],
  [12_345, '12,300'],
  [1_234_567, '1,230,000'],
  [-18.26, '-18.3'],
])('%f shows three digits: %s', (value, text) => {
  expect(significant(value)).toBe(text);
});

test('counts are exact, shares have one digit', () => {
  expect([whole(999), whole(1_000), whole(1_234_567), percent(0.9998)]).toEqual([
    '999',
    '1,000',
    '1,234,567',
    '100.0 %',
  ]);
});

test('bytes are decimal, and small shares keep two digits', () => {
  expect([bytes(12), bytes(48_000), bytes(1_310_720), bytes(2e9)]).toEqual([
    '12 B',
    '48.0 kB',
    '1.31 MB',
    '2.00 GB',
  ]);
  expect([sharePercent(0.07), sharePercent(0.004), sharePercent(0.414)]).toEqual(['7 %', '0.4 %', '41 %']);
});

test('a column takes the unit of its smallest value', () => {
  expect(scaleFor('us', [5_200, 604_000]).unit).toBe('ms');
  expect(scaleFor('us', [52, 604_000]).unit).toBe('us');
  expect(scaleFor('ms', [2_650, 3_900]).unit).toBe('s');
  expect(scaleFor('ms', []).unit).toBe('ms');
  expect(scaleFor('events/s', [123_000, 900]).unit).toBe('/s');
  expect(withUnit('events/s', 123_400)).toBe('123 k/s');
  expect(withUnit('records', 1_850)).toBe('1,850');
});
