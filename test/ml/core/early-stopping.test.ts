import { expect, test } from 'vitest';
import { EarlyStopping, type StoppingRule, sinceAnyLower, sinceLowest } from '../../../ml/core/early-stopping.ts';

/** After how many losses it is over, and which was the best. */
function watch(rule: StoppingRule, ...losses: number[]): [rounds: number, best: number] {
  const stopping = new EarlyStopping(rule);
  const over = losses.findIndex((loss) => {
    stopping.add(loss);
    return stopping.isOver;
  });
  return [over + 1, stopping.best];
}

test('so many rounds may pass without a lower loss than the lowest', () => {
  expect(watch(sinceLowest(2), 3, 2, 2, 1, 4, 3, 9)).toEqual([6, 4]);
  expect(watch(sinceLowest(2), 3, 2, 1)).toEqual([0, 3]);
  expect(watch(sinceLowest(Infinity), 1, 2, 3)).toEqual([0, 1]);
});

test('the first loss counts, whatever it is', () => {
  expect(watch(sinceLowest(2), Number.NaN, Number.NaN, Number.NaN)).toEqual([3, 1]);
  expect(watch(sinceLowest(2), Infinity, Infinity, 1, 2)).toEqual([0, 3]);
});

test('it goes on while a loss is clearly lower than one of so many before it', () => {
  expect(watch(sinceAnyLower(2, 0), 5, 4, 4.5, 4.2, 4.6)).toEqual([5, 2]);
  expect(watch(sinceAnyLower(2, 0.5), 5, 4, 4.8)).toEqual([3, 2]);
  expect(watch(sinceAnyLower(3, 0), 1, 2, 3)).toEqual([0, 1]);
});
