import { openRocksDbBackend } from './rocksdb-backend.ts';
import { describeStateBackendContract } from './state-backend-contract.ts';

describeStateBackendContract('RocksDB, cache larger than the state', (options) =>
  openRocksDbBackend({ ...options, cacheEntries: 100_000 }),
);

describeStateBackendContract('RocksDB, cache of eight entries', (options) =>
  openRocksDbBackend({ ...options, cacheEntries: 8 }),
);
