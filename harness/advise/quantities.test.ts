import { expect, test } from 'vitest';
import { durationMsOf, quantityOf, quantityOption } from './quantities.ts';

test.each([
  ['20000', 20_000],
  ['20k', 20_000],
  ['20 K', 20_000],
  ['1e6', 1_000_000],
  ['1.1M', 1_100_000],
  ['1_000', 1_000],
  ['0.5', 0.5],
])('%s is a quantity', (text, value) => {
  expect(quantityOf(text)).toBe(value);
});

test.each(['', 'fast', '-5', '1e999', 'k', '0x10', 'Infinity', '1,000'])('%j is no quantity', (text) => {
  expect(quantityOf(text)).toBeNull();
});

test('an option names what it takes', () => {
  const rate = quantityOption('--rate', { least: 1, most: 1_000_000 });
  expect([rate('20k'), rate('20000/s')]).toEqual([20_000, 20_000]);
  for (const text of ['0', '2M', 'fast']) {
    expect(() => rate(text)).toThrow(`Option --rate: "${text}" is not a number from 1 to 1000000.`);
  }
  const keys = quantityOption('--keys', { least: 1, most: 10, whole: true });
  expect(() => keys('1.5')).toThrow('"1.5" is not a whole number from 1 to 10.');
});

test('a time has a unit', () => {
  expect(['5s', '1.5 s', '200ms', '2min', '5', '5h', 's'].map(durationMsOf)).toEqual([
    ...[5_000, 1_500, 200, 120_000],
    ...[null, null, null],
  ]);
});
