import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Many tests start processes, and a busy machine is no fault of theirs: only what hangs ends here.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
