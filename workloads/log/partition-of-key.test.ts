import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { expect, test } from 'vitest';
import { partitionOfKey } from './partition-of-key.ts';

test('puts a key where the partitioner of kafkajs, and so of Kafka, puts it', () => {
  const partitionOf = kafkajs.Partitioners.DefaultPartitioner();
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.integer({ min: 1, max: 64 }),
      (key, partitions) => {
        const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
          partitionId,
          partitionErrorCode: 0,
          leader: 0,
          replicas: [],
          isr: [],
          offlineReplicas: [],
        }));
        const expected = partitionOf({ topic: 't', partitionMetadata, message: { key, value: null } });
        expect(partitionOfKey(key, partitions)).toBe(expected);
      },
    ),
    { numRuns: 500 },
  );
});
