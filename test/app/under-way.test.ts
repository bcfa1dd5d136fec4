import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UnderWay } from '../../app/under-way.ts';

test('what was added and not taken out is there, however often and in whichever order', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(9)), { maxLength: 200 });
  fc.assert(
    fc.property(steps, (all) => {
      const objects = Array.from({ length: 10 }, (_, id) => ({ id }));
      const underWay = new UnderWay<{ id: number }>();
      const expected = new Set<number>();
      for (const [isAdded, id] of all) {
        if (isAdded === expected.has(id)) continue;
        if (isAdded) underWay.add(objects[id] as { id: number });
        else underWay.delete(objects[id] as { id: number });
        if (isAdded) expected.add(id);
        else expected.delete(id);
        expect([...underWay].map((one) => one.id).sort()).toEqual([...expected].sort());
      }
    }),
  );
});

test('what is not there is not taken out', () => {
  const [one, other] = [{}, {}];
  const underWay = new UnderWay<object>();
  underWay.add(one);
  underWay.delete(other);
  underWay.delete(one);
  underWay.delete(one);
  expect([...underWay]).toEqual([]);
});

test('all of them can be taken out while they are gone through', () => {
  const underWay = new UnderWay<object>();
  for (let i = 0; i < 5; i++) underWay.add({});
  let seen = 0;
  for (const one of underWay) {
    seen += 1;
    underWay.delete(one);
  }
  expect([seen, [...underWay].length]).toEqual([5, 0]);
});
