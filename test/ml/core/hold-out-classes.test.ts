import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOutOfClasses } from '../../../ml/core/hold-out-classes.ts';
import { createRandom } from '../../../ml/core/random.ts';

const countOf = (classOf: readonly number[], rows: Uint32Array, k: number) =>
  [...rows].filter((row) => classOf[row] === k).length;

test('each class has its share among the rows held out, and some left to learn from', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 80 }),
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      fc.integer(),
      (classOf, share, seed) => {
        const count = Math.floor(share * classOf.length);
        const { learned, held } = holdOutOfClasses(classOf, count, createRandom(seed));
        expect([...learned, ...held].sort((a, b) => a - b)).toEqual([...classOf.keys()]);
        expect(learned).toEqual(learned.slice().sort());
        expect(held).toEqual(held.slice().sort());
        expect(held.length).toBeLessThanOrEqual(count);
        for (const k of new Set(classOf)) {
          const size = classOf.filter((other) => other === k).length;
          const own = countOf(classOf, held, k);
          expect(own).toBeLessThan(size);
          expect(own).toBeGreaterThanOrEqual(Math.min(Math.floor((count * size) / classOf.length), size - 1));
          expect(own).toBeLessThanOrEqual(Math.ceil((count * size) / classOf.length));
        }
      },
    ),
  );
});

test('of many rows exactly so many are held out, others by each seed', () => {
  const classOf = Array.from({ length: 1000 }, (_, i) => (i % 50 === 0 ? 1 : i % 3 === 0 ? 2 : 0));
  const held = (seed: number) => holdOutOfClasses(classOf, 101, createRandom(seed)).held;
  expect(held(1)).toHaveLength(101);
  expect(countOf(classOf, held(1), 1)).toBe(2);
  expect(held(1)).toEqual(held(1));
  expect(held(1)).not.toEqual(held(2));
});
