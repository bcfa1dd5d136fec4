import { describe, expect, test } from 'vitest';
import { drawProblem } from '../../../bench/random/draw-problem.ts';
import { familyNames, isExact, memberOf } from '../../../bench/random/families.ts';
import { digestOf, type Problem } from '../../../bench/random/problem.ts';
import type { Matrix } from '../../../ml/core/matrix.ts';
import { estimatorNamed } from '../../../ml/estimators/index.ts';
import { resolveParams } from '../../../ml/estimators/params.ts';

const draw = (model: string, count: number) => Array.from({ length: count }, (_, i) => drawProblem(model, 1, i));
const column = ({ data, columns }: Matrix, j: number) => data.filter((_, at) => at % columns === j);
const columnsOf = (x: Matrix) => Array.from({ length: x.columns }, (_, j) => column(x, j));
const isConstant = (values: Float64Array) => values.every((value) => value === values[0]);

test('a problem hangs on family, seed and place alone, and on each of them', () => {
  const digests = [
    ['knn', 1, 0],
    ['knn', 1, 1],
    ['knn', 2, 0],
    ['linear', 1, 0],
  ].map((place) => digestOf(drawProblem(...(place as [string, number, number]))));
  expect(new Set(digests).size).toBe(4);
  expect(digestOf(drawProblem('knn', 1, 0))).toBe(digests[0]);
});

describe.each(familyNames)('%s', (family) => {
  const { model, ofClasses } = memberOf(family);
  const { params: specs, encoding } = estimatorNamed(model, ofClasses ? 'binary' : 'regression');
  const problems = draw(family, 200);

  test('is given what it takes: parameters in their range, finite numbers, codes of levels', () => {
    for (const { params, x, y, holdoutX, holdoutY } of problems) {
      expect(() => resolveParams(model, specs, params)).not.toThrow();
      expect([y.length, holdoutY.length]).toEqual([x.rows, holdoutX.rows]);
      expect([...y, ...holdoutY].every(Number.isFinite)).toBe(true);
      for (const matrix of [x, holdoutX]) {
        expect(matrix.data).toHaveLength(matrix.rows * matrix.columns);
        expect(matrix.data.some((value) => Math.abs(value) === Infinity)).toBe(false);
        if (encoding.missing === 'imputed') expect(matrix.data.some(Number.isNaN)).toBe(false);
        x.levels?.forEach((levels, j) => {
          if (levels === 0) return;
          const codes = column(matrix, j).filter((code) => !Number.isNaN(code));
          expect(codes.every((code) => Number.isInteger(code) && code >= 0 && code < levels)).toBe(true);
        });
      }
    }
  });

  test('is given what is awkward', () => {
    const some = (has: (problem: Problem) => boolean) => problems.filter(has).length;
    expect(some(({ x }) => columnsOf(x).some(isConstant))).toBeGreaterThan(0);
    if (!ofClasses) expect(some(({ y }) => isConstant(y))).toBeGreaterThan(0);
    expect(some(({ x }) => new Set(columnsOf(x).map(String)).size < x.columns)).toBeGreaterThan(0);
    expect(some(({ y }) => new Set(y).size < y.length)).toBeGreaterThan(0);
    expect(some(({ x }) => x.rows % 2 === 1)).toBeGreaterThan(0);
    if (!ofClasses) expect(some(({ y }) => y.some((value) => Math.abs(value) > 1e4))).toBeGreaterThan(0);
    const isOutside = ({ x, holdoutX }: Problem) =>
      columnsOf(x).some((values, j) => Math.max(...column(holdoutX, j)) > 2 * Math.max(...values));
    expect(some(isOutside)).toBeGreaterThan(0);
    if (encoding.missing === 'kept') expect(some(({ x }) => x.data.some(Number.isNaN))).toBeGreaterThan(0);
    if (encoding.categories !== 'codes') return;
    const isUnseen = ({ x, holdoutX }: Problem) =>
      (x.levels ?? []).some(
        (levels, j) => levels > 0 && column(holdoutX, j).some((code) => !column(x, j).includes(code)),
      );
    expect(some(isUnseen)).toBeGreaterThan(0);
  });
  test.runIf(ofClasses)('has classes that each have a row that counts: two and more, and rare ones', () => {
    for (const { y, holdoutY, weights, classes = 0 } of problems) {
      const counting = y.filter((_, i) => weights?.[i] !== 0);
      expect([...new Set(counting)].sort((a, b) => a - b)).toEqual(Array.from({ length: classes }, (_, k) => k));
      expect([...y, ...holdoutY].every((k) => Number.isInteger(k) && k >= 0 && k < classes)).toBe(true);
    }
    const sizes = new Set(problems.map(({ classes }) => classes));
    expect([...sizes]).toEqual(expect.arrayContaining([2, 3, 4]));
    const shareOfRarest = ({ y, classes = 0 }: Problem) =>
      Math.min(...Array.from({ length: classes }, (_, k) => y.filter((one) => one === k).length / y.length));
    expect(problems.filter((problem) => shareOfRarest(problem) < 0.1).length).toBeGreaterThan(10);
  });

  test('is given every parameter, and several values of each', () => {
    for (const [name, { default: usual }] of Object.entries(specs)) {
      const values = new Set(problems.map(({ params }) => params[name] ?? usual));
      expect(values.size, name).toBeGreaterThan(1);
    }
  });

  test('is asked for each prediction mostly, where a parameter does not leave rows to chance', () => {
    const exact = problems.filter(isExact).length;
    // Both draw in every fit: rows by their weights, or thresholds.
    if (model === 'adaboost' || model.startsWith('extra_trees')) expect(exact).toBe(0);
    else expect(exact).toBeGreaterThan(0.6 * problems.length);
  });
});
