import { expect, test } from 'vitest';
import { limitsOf } from '../../app/limits.ts';
import { type Declaration, featuresOf, targetOf } from '../../ml/index.ts';
import { flowersOf, loans } from '../class-data.ts';
import { houses } from '../houses.ts';

const limits = (declaration: Declaration) =>
  limitsOf({ features: featuresOf(declaration), target: targetOf(declaration) } as Parameters<typeof limitsOf>[0]);

test('so many records are read that their answers stay small, however many classes each is answered with', () => {
  const number = limits(houses);
  expect(limits(loans).batch).toBe(number.batch);
  const names = (count: number) => Array.from({ length: count }, (_, i) => `kind ${i}`);
  const [few, many, most] = [10, 100, 1000].map((count) => limits(flowersOf(names(count))));
  expect(few).toEqual(expect.objectContaining({ batch: number.batch, explained: number.explained }));
  expect(many?.batch).toBeLessThan(number.batch / 4);
  expect(most?.batch).toBe(Math.max(most?.record ?? 0, Math.floor(most?.batch ?? 0)));
  expect(most?.batch).toBeLessThan(many?.batch ?? 0);
});
