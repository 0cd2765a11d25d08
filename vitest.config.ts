import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Node's compile cache, for every process and thread that the tests start: loading the sources is most of what a start costs.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/crosscurrent', import.meta.url),
);

const NEVER = ['node_modules/**', 'results/**', '.cache/**'];

/**
 * `*.test.ts` and `*.prop.test.ts` need neither broker nor browser; `*.browser.test.ts` open the page in Chromium; `*.e2e.test.ts` start
 * the embedded Kafka and run one file at a time.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/*.e2e.test.ts', '**/*.browser.test.ts', ...NEVER],
          // A file in a process of its own loads all that it tests once more, which takes most of them longer than their tests.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: NEVER,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['**/*.e2e.test.ts'],
          exclude: NEVER,
          testTimeout: 240_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          // Tests that are marked as concurrent wait for the broker half of their time.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
