import { defineConfig } from 'vitest/config';

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
        },
      },
    ],
  },
});
