import { defineConfig } from 'vitest/config';
import { ByLevel } from './compose/lab/testing/by-level.ts';

const inLab = {
  globalSetup: ['compose/lab/testing/global-setup.ts', 'target-app/test/support/global-setup.ts'],
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: 300_000,
  hookTimeout: 300_000,
};
const shared = { exclude: ['**/node_modules/**', 'runs/**', '.firedrill/**'] };

export default defineConfig({
  test: {
    retry: 0,
    sequence: { sequencer: ByLevel },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...shared.exclude, '**/*.lab.test.ts'],
          // Of what hangs: a machine that is slow or stalls gets its time by polling.
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Vitest leaves a core free, and on two cores runs what then has one worker after all else, beside the last lab.
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'lab',
          include: ['**/*.lab.test.ts'],
          exclude: [...shared.exclude, '**/*.full.lab.test.ts'],
          ...inLab,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // Too long for `pnpm test`: `pnpm test:full` runs them.
        test: {
          ...shared,
          name: 'full',
          include: ['**/*.full.lab.test.ts'],
          ...inLab,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
