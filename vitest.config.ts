import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/frontend/**/*.test.ts'],
    environment: 'happy-dom',
    pool: 'threads',
    maxWorkers: 2,
    restoreMocks: true,
    // A busy machine is slow, not wrong.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
