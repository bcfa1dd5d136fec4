import { expect, test } from 'vitest';
import { Budget } from '../../../../ml/selection/search/budget.ts';

function budgetOf(seconds: number) {
  const clock = { seconds: 0 };
  return { clock, budget: new Budget(seconds, 0, () => 1000 * clock.seconds) };
}

test('a search has the time that is not kept for what comes after it', () => {
  const { clock, budget } = budgetOf(60);
  expect(budget.secondsLeft).toBe(51);
  clock.seconds = 20;
  expect(budget.secondsLeft).toBe(31);
  budget.reserve(15);
  expect(budget.secondsLeft).toBe(25);
  // However long that takes, there is a search.
  budget.reserve(1000);
  expect(budget.secondsLeft).toBeCloseTo(19);
});

test('the search is told to end when its time is over, which may change', async () => {
  const clock = { from: performance.now() };
  const budget = new Budget(0.8, clock.from);
  const signal = budget.signal();
  expect(signal.aborted).toBe(false);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  expect(budget.secondsLeft).toBeLessThanOrEqual(0);
});

test('a plan knows of the time in tenths', () => {
  const { clock, budget } = budgetOf(60);
  const plans = [0, 5, 7, 30, 100].map((seconds) => {
    clock.seconds = seconds;
    return budget.secondsToPlan;
  });
  expect(plans).toEqual([60, 60, 54, 30, 6]);
});
