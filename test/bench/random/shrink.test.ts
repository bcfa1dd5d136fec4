import { describe, expect, test } from 'vitest';
import { drawProblem } from '../../../bench/random/draw-problem.ts';
import type { Problem } from '../../../bench/random/problem.ts';
import { shrink } from '../../../bench/random/shrink.ts';

const shows = (test: (problem: Problem) => boolean) => async (problem: Problem) => test(problem);

function wide(seed: number): Problem {
  for (let index = 0; ; index++) {
    const problem = drawProblem('xgboost', seed, index);
    if (problem.x.rows > 30 && problem.x.columns > 3 && Object.keys(problem.params).length > 3) return problem;
  }
}

describe('a problem is shrunk', () => {
  test('to what shows it: the rows, the column, the parameter and the number that matter', async () => {
    const problem = wide(1);
    const target = problem.y[17] as number;
    const params = { ...problem.params, max_depth: 3, n_estimators: 30 };
    const small = await shrink(
      { ...problem, params },
      shows(({ params, x, y }) => params.max_depth === 3 && x.rows >= 2 && x.columns >= 2 && y.includes(target)),
    );
    expect(small).toMatchObject({ x: { rows: 2, columns: 2 }, holdoutX: { columns: 2 } });
    expect(small.x.data).toHaveLength(4);
    expect([small.y.length, small.y.includes(target)]).toEqual([2, true]);
    expect(small.holdoutX.rows).toBe(small.holdoutY.length);
    expect(small.params).toEqual({ max_depth: 3, n_estimators: 1 });
  });

  test('to rounder numbers', async () => {
    const small = await shrink(
      wide(2),
      shows(({ x, y }) => x.rows >= 3 && new Set(y).size >= 3),
    );
    expect([...small.y].sort()).toEqual([0, 1, 2]);
    expect(small.x.data.every((value) => Number.isNaN(value) || Number.isInteger(value))).toBe(true);
  });

  test('to nothing that does not show it, and no further than so many tries', async () => {
    const problem = wide(3);
    let tries = 0;
    const never = async () => {
      tries += 1;
      return false;
    };
    expect(await shrink(problem, never, 25)).toBe(problem);
    expect(tries).toBe(25);
  });

  test('and the one that was given is not changed', async () => {
    const problem = wide(4);
    const before = structuredClone(problem);
    await shrink(
      problem,
      shows(({ x }) => x.rows >= 1),
    );
    expect(problem).toEqual(before);
  });
});
