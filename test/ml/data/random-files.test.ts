import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf } from '../../../bench/ingestion/compare.ts';
import { randomFile } from '../../../bench/ingestion/random-file.ts';

// The long form is npm run bench -- ingestion --random 100000.
test('random files are read as a plain reading of the same rows has them', async () => {
  await fc.assert(
    fc.asyncProperty(randomFile, async (file) => {
      expect(await differenceOf(file)).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
