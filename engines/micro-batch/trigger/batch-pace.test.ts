import { expect, test } from 'vitest';
import { BatchPace } from './batch-pace.ts';

test('what two mean batches leave of the target is for gathering', () => {
  const pace = new BatchPace(50);
  expect(pace.lingerMs).toBe(50);
  pace.took(10);
  expect(pace.lingerMs).toBe(30);
  pace.took(20);
  // A fifth of the way from 10 to 20 ms.
  expect(pace.lingerMs).toBe(26);
});

test('where batches take half of the target or longer nothing is left', () => {
  const pace = new BatchPace(50);
  pace.took(25);
  expect(pace.lingerMs).toBe(0);
  pace.took(1_000);
  expect(pace.lingerMs).toBe(0);
});
