import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose tests start processes and take longest: begun first, so that none is left to itself at the end. */
const slow = ['documents', 'e2e', 'cli'];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = slow.findIndex((folder) => moduleId.includes(`/test/${folder}/`));
      return place < 0 ? slow.length : place;
    };
    // Those of a rank as vitest has them: by how long they took last time, or by their size.
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/leftovers.ts',
    // Many tests start processes, and a busy machine is no fault of theirs: only what hangs ends here.
    testTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 180_000,
    // Of two processors vitest would leave one to itself, which has little to do.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: SlowestFirst },
  },
});
