import { describe, expect, test } from 'vitest';
import { parseProperties } from './properties-file.ts';

describe('parseProperties', () => {
  test.each([
    ['a=b', [['a', 'b']]],
    ['  a : b ', [['a', 'b ']]],
    ['a b c', [['a', 'b c']]],
    ['a', [['a', '']]],
    ['# c\n! d\n\na=1', [['a', '1']]],
    [
      'a=1\\\n   2\\\n 3\nb=4',
      [
        ['a', '123'],
        ['b', '4'],
      ],
    ],
    [
      'a=1\\\\\nb=2',
      [
        ['a', '1\\'],
        ['b', '2'],
      ],
    ],
    ['a\\=b=c\\:d', [['a=b', 'c:d']]],
    ['a=\\u00e9\\n\\tx', [['a', 'é\n\tx']]],
    ['a=x=y', [['a', 'x=y']]],
    [
      'a=1\r\nb=2\r\n',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a=1\\', [['a', '1']]],
  ])('%j', (text, expected) => {
    expect(parseProperties(text).map(({ name, value }) => [name, value])).toEqual(expected);
  });

  test('gives the first line of each entry', () => {
    expect(parseProperties('# x\na=1\\\n2\nb=3').map(({ line }) => line)).toEqual([2, 4]);
  });
});
