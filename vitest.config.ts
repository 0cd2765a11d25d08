import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Node's compile cache, for every process and thread that the tests start: loading the sources is most of what a start costs.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/crosscurrent', import.meta.url),
);

/** Nothing in these is judged by its time, and each file has a broker of its own: they run beside each other, and beside the browser's. */
const WITHOUT_MEASURING = [
  '{kafka,engines}/**/*.e2e.test.ts',
  'harness/{differ,soak,verify}/**/*.e2e.test.ts',
  'harness/cli/{interrupt,matrix,own-workload}.e2e.test.ts',
  'harness/run/smoke.e2e.test.ts',
];
/** On the real Flink and Spark: `make test-real`. */
const REAL_ENGINES = ['engines/{flink,spark}/**/*.e2e.test.ts'];
/** No test is judged by its time: these say when one hangs. */
const END_TO_END = { testTimeout: 240_000, hookTimeout: 180_000 };
/** Three, also where there are two cores only: each of these waits for other processes half of its time. */
const BESIDE_EACH_OTHER = { maxWorkers: 3, sequence: { groupOrder: 1 } };
const NEVER = ['node_modules/**', 'results/**', '.cache/**'];

/**
 * `*.test.ts` and `*.prop.test.ts` need neither broker nor browser; `*.redis.test.ts` start a redis-server; `*.browser.test.ts` open the page in Chromium; `*.e2e.test.ts` start
 * the embedded Kafka: those that measure nothing side by side, then those that measure, each alone on the machine.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/*.e2e.test.ts', '**/*.browser.test.ts', '**/*.redis.test.ts', ...NEVER],
          // A file in a process of its own loads all that it tests once more, which takes most of them longer than their tests.
          isolate: false,
          // Three, also where there are two cores only: many of these tests wait for a process.
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'redis',
          include: ['**/*.redis.test.ts'],
          exclude: NEVER,
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...BESIDE_EACH_OTHER,
          ...END_TO_END,
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: NEVER,
        },
      },
      {
        test: {
          ...BESIDE_EACH_OTHER,
          ...END_TO_END,
          name: 'e2e-beside',
          include: WITHOUT_MEASURING,
          exclude: [...REAL_ENGINES, ...NEVER],
          // Tests that are marked as concurrent wait for the broker half of their time.
          maxConcurrency: 2,
        },
      },
      {
        test: {
          ...END_TO_END,
          name: 'e2e',
          include: ['**/*.e2e.test.ts'],
          exclude: [...WITHOUT_MEASURING, ...NEVER],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...END_TO_END,
          name: 'real-engines',
          include: REAL_ENGINES,
          exclude: NEVER,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
