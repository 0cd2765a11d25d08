/** One thing that a script does with a store, or expects of it. */
export type StoreAction =
  | readonly ['load', version: number]
  | readonly ['refuse', version: number]
  | readonly ['put', key: string, value: number]
  | readonly ['remove', key: string]
  | readonly ['removeWhere', keyPrefix: string]
  | readonly ['get', key: string, value: number | undefined]
  | readonly ['size', keys: number]
  | readonly ['data', data: Readonly<Record<string, number>>]
  | readonly ['commit']
  | readonly ['abort']
  | readonly ['maintain', oldestVersion: number]
  | readonly ['reopen'];

/** Versions, each with key `a` at its number, from one version to another. */
const countUp = (from: number, to: number, ...between: readonly StoreAction[]): StoreAction[] =>
  Array.from({ length: to - from }, (_, index): StoreAction[] => [
    ['load', from + index],
    ['put', 'a', from + index + 1],
    ['commit'],
    ...between,
  ]).flat();

const INVALID_VERSIONS: StoreAction[] = [
  ['refuse', -1],
  ['refuse', 1],
  ['load', 0],
  ['put', 'a', 1],
  ['commit'],
  ['load', 1],
  ['data', { a: 1 }],
  ['abort'],
  ['refuse', -1],
  ['refuse', 2],
  ['load', 1],
  ['data', { a: 1 }],
  ['put', 'b', 1],
  ['data', { a: 1, b: 1 }],
  ['commit'],
  ['refuse', -1],
  ['refuse', 3],
];

/**
 * What StateStoreSuite asserts of every provider, under the names that its cases have there: apache/spark,
 * sql/core/src/test/scala/org/apache/spark/sql/execution/streaming/state/StateStoreSuite.scala (Apache-2.0). Left out
 * is what is about Spark's own means: the coordinator, Hadoop's renames, temporary files, metrics of its cache.
 */
export const SPARK_STATE_STORE_CASES: Readonly<Record<string, readonly StoreAction[]>> = {
  'get, put, remove, commit, and all data iterator': [
    ['load', 0],
    ['get', 'a', undefined],
    ['data', {}],
    ['size', 0],
    ['put', 'a', 1],
    ['get', 'a', 1],
    ['size', 1],
    ['get', 'b', undefined],
    ['put', 'b', 2],
    ['get', 'aa', undefined],
    ['put', 'aa', 3],
    ['size', 3],
    ['removeWhere', 'a'],
    ['size', 1],
    ['commit'],
    ['load', 1],
    ['data', { b: 2 }],
    ['abort'],
    ['refuse', 2],
    ['reopen'],
    ['load', 1],
    ['size', 1],
    ['put', 'c', 4],
    ['size', 2],
    ['commit'],
    ['load', 2],
    ['data', { b: 2, c: 4 }],
    ['load', 1],
    ['data', { b: 2 }],
  ],
  'removing while iterating': [
    ['load', 0],
    ['put', 'a', 1],
    ['put', 'b', 2],
    ['put', 'a', 2],
    ['get', 'a', 2],
    ['removeWhere', 'b'],
    ['get', 'b', undefined],
  ],
  abort: [
    ['load', 0],
    ['put', 'a', 1],
    ['commit'],
    ['load', 1],
    ['put', 'b', 1],
    ['abort'],
    ['reopen'],
    ['load', 1],
    ['data', { a: 1 }],
  ],
  'getStore with invalid versions': INVALID_VERSIONS,
  snapshotting: [
    ...countUp(0, 2),
    ['maintain', 0],
    ['load', 2],
    ['data', { a: 2 }],
    ...countUp(2, 6),
    ['maintain', 0],
    ['reopen'],
    ['load', 6],
    ['data', { a: 6 }],
    ...countUp(6, 20),
    ['maintain', 0],
    ['reopen'],
    ['load', 20],
    ['data', { a: 20 }],
    ['load', 6],
    ['data', { a: 6 }],
  ],
  cleaning: [
    ...countUp(0, 19, ['maintain', 0]),
    ...countUp(19, 20),
    ['maintain', 18],
    ['reopen'],
    ['load', 20],
    ['data', { a: 20 }],
    ['load', 19],
    ['data', { a: 19 }],
  ],
  'SPARK-19677: Committing a delta file atop an existing one should not fail': [
    ['load', 0],
    ['commit'],
    ['load', 0],
    ['commit'],
    ['load', 1],
    ['data', {}],
  ],
  'StateStore.get': [
    ['refuse', -1],
    ['refuse', 1],
    ['load', 0],
    ['put', 'a', 1],
    ['commit'],
    ['load', 1],
    ['data', { a: 1 }],
    ['load', 0],
    ['data', {}],
    ['reopen'],
    ['load', 1],
    ['put', 'a', 2],
    ['commit'],
    ['load', 2],
    ['data', { a: 2 }],
  ],
  'SPARK-18416: Commit without any updates makes a version': [
    ['load', 0],
    ['put', 'a', 1],
    ['commit'],
    ['load', 1],
    ['get', 'a', 1],
    ['remove', 'a'],
    ['commit'],
    ['load', 2],
    ['commit'],
    ['reopen'],
    ['load', 3],
    ['data', {}],
    ['size', 0],
  ],
};
