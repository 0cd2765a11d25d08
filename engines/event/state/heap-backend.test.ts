import { createHeapBackend } from './heap-backend.ts';
import { describeStateBackendContract } from './state-backend-contract.ts';

describeStateBackendContract('heap', async ({ maxParallelism, keyGroups }) =>
  createHeapBackend(maxParallelism, keyGroups, { trackChanges: true }),
);
