import { expect, test } from 'vitest';
import { makeFolds } from '../../../../ml/data/folds.ts';
import { columnOf } from '../../../../ml/data/table.ts';
import { learnedTargets } from '../../../../ml/features/learned-targets.ts';
import { searchedRows } from '../../../../ml/features/screening/searched-rows.ts';
import { generate } from '../generated.ts';

test('few rows are searched as they are; of many some, each with its target, its weight and its folds', () => {
  const { declaration, table } = generate(60_000, 1, 2, (random) => {
    const a = random.normal();
    return { numbers: { a }, y: 2 * a };
  });
  const y = columnOf(table, 'y');
  const folds = makeFolds(table.rows, 3, 1);
  const weights = y.map((value) => Math.abs(value));
  const some = searchedRows({ declaration, table, targets: learnedTargets(declaration, y), weights }, folds);
  expect(some.table.rows).toBe(50_000);
  const someY = columnOf(some.table, 'y');
  expect(some.targets).toEqual(learnedTargets(declaration, someY));
  expect(some.weights).toEqual(someY.map((value) => Math.abs(value)));
  const foldOf = new Map(folds.flatMap(({ held }, fold) => Array.from(held, (row) => [y[row], fold])));
  let held = 0;
  some.folds().forEach((fold, i) => {
    expect(fold.held.every((row) => foldOf.get(someY[row] as number) === i)).toBe(true);
    expect(fold.learned.every((row) => foldOf.get(someY[row] as number) !== i)).toBe(true);
    held += fold.held.length;
    expect(fold.held.length + fold.learned.length).toBe(50_000);
  });
  expect(held).toBe(50_000);
  const few = generate(100, 1, 2, (random) => ({ numbers: { a: random.normal() }, y: 1 }));
  const whole = { ...few, targets: learnedTargets(few.declaration, columnOf(few.table, 'y')), weights: undefined };
  expect(searchedRows(whole, []).table).toBe(few.table);
});
