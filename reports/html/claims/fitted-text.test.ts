import { expect, test } from 'vitest';
import { fittedText, textWidth } from './fitted-text.ts';

test('what fits stays as it is, what does not is cut within the width', () => {
  expect(fittedText('p99 at 1,000/s', 500)).toBe('p99 at 1,000/s');
  for (const text of ['x'.repeat(300), 'W'.repeat(300), '漢'.repeat(300), '😀'.repeat(300)]) {
    const fitted = fittedText(text, 500);
    expect(fitted.endsWith('…')).toBe(true);
    expect(textWidth(fitted)).toBeLessThanOrEqual(504);
    expect(textWidth(fitted)).toBeGreaterThan(470);
  }
});
