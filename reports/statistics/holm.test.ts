import { expect, test } from 'vitest';
import { holm, ratioInterval } from './index.ts';

// Holm (1979), by hand: 3 * 0.01, 2 * 0.03 and its maximum, 4 * 0.005
test('adjusted p keep the order given and never fall', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [i, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[i]).toBeCloseTo(p, 12);
  expect(holm([0.6, 0.7])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

const options = { resamples: 3_000, seed: 7 };
const before = [10.1, 9.7, 10.4, 10.0, 9.9, 10.3, 10.2, 9.8, 10.6, 9.5];
const after = [10.7, 10.05, 11.1, 10.9, 10.45, 11.3, 10.8, 9.95, 11.0, 10.35];

/* SciPy 1.17.1: python3 -c "from scipy.stats import bootstrap; import numpy as np; print(bootstrap((before, after),
   lambda x, y, axis: np.median(y, axis=axis) / np.median(x, axis=axis), n_resamples=100000, method='percentile',
   random_state=1).confidence_interval)" */
test('the interval of the ratio of medians is that of SciPy, within the error of resampling', () => {
  const ratio = ratioInterval(before, after, options);
  expect(ratio?.value).toBeCloseTo(10.75 / 10.05, 12);
  expect(ratio?.low).toBeCloseTo(1.0146341463414632, 2);
  expect(ratio?.high).toBeCloseTo(1.1111111111111112, 2);
  expect(ratioInterval(before, after, options)).toEqual(ratio);
  expect(ratioInterval([0, 0, 0], after, options)).toBeNull();
  expect(ratioInterval([], after, options)).toBeNull();
});
