import { defineConfig } from 'vitest/config';
import { LongFirst } from './packages/testing/src/long-first.ts';

/** Where tests are looked for. */
const here = ['packages', 'temporal', 'nodes', 'apps', 'scripts'];

const quiet = { exclude: ['**/node_modules/**', '**/dist/**', '**/.millwright/**'] };

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: here.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
          exclude: [...quiet.exclude, '**/*.int.test.ts', '**/*.e2e.test.ts'],
          // Against hangs only: no test is about time, and machines are busy.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: here.map((folder) => `${folder}/**/*.int.test.ts`),
          ...quiet,
          globalSetup: ['packages/testing/src/cluster-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // They wait more than they compute.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['apps/web/e2e/**/*.e2e.test.ts'],
          ...quiet,
          globalSetup: ['packages/testing/src/cluster-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
