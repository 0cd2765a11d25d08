import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import {
  describeExpiryContract,
  describeKeyedStateContract,
  type OpenStates,
} from '../../pipeline/keyed-state/testing/index.ts';
import { MAX_PARALLELISM, type OpenBackend, openHeapBackend } from '../operator-harness/index.ts';
import { openRocksDbBackend } from '../state/index.ts';
import { BackendStates } from './states-under-test.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosscurrent-keyed-state-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

let opened = 0;
const openRocksDb: OpenBackend = () =>
  openRocksDbBackend({
    maxParallelism: MAX_PARALLELISM,
    keyGroups: { first: 0, last: MAX_PARALLELISM - 1 },
    folder: join(root, `store-${opened++}`),
    cacheEntries: 2,
  });

const statesIn =
  (open: OpenBackend): OpenStates =>
  (declarations, life) =>
    BackendStates.create(open, declarations, life);

describeKeyedStateContract('heap', statesIn(openHeapBackend));
describeKeyedStateContract('RocksDB, cache of two entries', statesIn(openRocksDb));
describeExpiryContract('heap', statesIn(openHeapBackend), ['unbroken', 'restored']);
// A restart of RocksDB takes long; that its state survives one stands in the contract above.
describeExpiryContract('RocksDB, cache of two entries', statesIn(openRocksDb), ['unbroken']);
