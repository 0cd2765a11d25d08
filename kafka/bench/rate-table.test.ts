import { expect, it } from 'vitest';
import { median, rateTable } from './rate-table.ts';

it('shows the median of the rounds, their range, the cost and the ratio', () => {
  const results = (...elapsedMs: number[]) =>
    elapsedMs.map((each) => ({ records: 1_000, elapsedMs: each, cpuMs: 2 }));
  const table = rateTable([
    { client: 'ours', results: { produce: results(2, 1, 4), consume: results(1) } },
    {
      client: 'theirs',
      results: { produce: results(8), consume: [{ records: 500, elapsedMs: 1 }] },
    },
  ]);
  expect(table).toMatchInlineSnapshot(`
    "client  direction  records/s     lowest    highest  CPU us/record  ours / this
    ours    produce      500,000    250,000  1,000,000           2.00         1.00
    theirs  produce      125,000    125,000    125,000           2.00         4.00
    ours    consume    1,000,000  1,000,000  1,000,000           2.00         1.00
    theirs  consume      500,000    500,000    500,000              -         2.00
    "
  `);
});

it('takes the mean of the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});
