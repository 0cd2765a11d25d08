import { expect, test } from 'vitest';
import type { ValueCodec } from './backend.ts';
import { createHeapBackend } from './heap-backend.ts';
import { describeStateBackendContract } from './state-backend-contract.ts';

describeStateBackendContract('heap', async ({ maxParallelism, keyGroups }) =>
  createHeapBackend(maxParallelism, keyGroups, { trackChanges: true }),
);

const number: ValueCodec<number> = {
  copy: (value) => value,
  write: (value, writer) => writer.float64(value),
  read: (reader) => reader.float64(),
};

test('a snapshot knows how many values there are, of all keys and namespaces', async () => {
  const state = createHeapBackend(4, { first: 0, last: 3 });
  const table = state.table('table', number);
  const entries = async (): Promise<number | null> => {
    const handle = state.snapshot();
    await handle.release();
    return handle.entries;
  };
  expect(await entries()).toBe(0);
  for (const key of ['a', 'b', 'c']) {
    table.put(key, 1, 1);
    table.put(key, 1, 2);
    table.put(key, 2, 3);
  }
  expect(await entries()).toBe(6);
  table.remove('b', 2);
  table.remove('b', 2);
  table.remove('d', 1);
  expect(await entries()).toBe(5);
});
