// Whether intervals hold as often as they say: on fresh rows of the generator that the training rows come from.

import { expect, test } from 'vitest';
import { readDeclaration } from '../../../ml/data/declaration.ts';
import { ingest } from '../../../ml/data/ingest.ts';
import { sliceRows } from '../../../ml/data/table.ts';
import { studentLines } from '../../fixtures/students/student-lines.ts';
import { temporaryFile } from '../../temporary.ts';
import { coverage, withIntervals } from './cross-validated.ts';

const declaration = await readDeclaration('test/fixtures/students');
const students = async (seed: number) =>
  (await ingest(temporaryFile(studentLines(seed).join('\n')), declaration)).table;

test.each([
  ['linear regression on all rows', { estimator: 'linear' }],
  [
    'boosting, the mean of its fits in the folds',
    { estimator: 'gradient_boosting', bagged: true, params: { n_estimators: 30 } },
  ],
  [
    'boosting of deep trees, whose fits differ much',
    { estimator: 'xgboost', bagged: true, params: { n_estimators: 30, max_depth: 5 } },
  ],
  ['trees in folds of two repeats', { estimator: 'decision_tree', bagged: true, repeats: 2, params: { max_depth: 4 } }],
])('intervals of %s hold nine of ten fresh students, within 2 points over 20 seeds', async (_, how) => {
  const shares: number[] = [];
  for (let seed = 1; seed <= 20; seed++) {
    const rows = await students(seed);
    const learned = sliceRows(rows, 0, 800);
    const unseen = sliceRows(rows, 800, 1000);
    const fresh = await students(1000 + seed);
    const { boundsOf } = withIntervals({ declaration, train: learned, unseen, seed, ...how });
    shares.push(coverage(boundsOf(fresh), fresh, declaration.target));
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(Math.abs(mean - 0.9)).toBeLessThan(0.02);
  for (const share of shares) expect(Math.abs(share - 0.9)).toBeLessThan(0.06);
});
