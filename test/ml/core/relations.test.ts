import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberGroups, rowsByGroup, rowsOfGroup, rowsOfGroups, sizeOfGroup } from '../../../ml/core/relations.ts';

/** Codes of every sort: places of texts, numbers with gaps, below 0, with fractions, and missing ones. */
const code = fc.oneof(fc.nat({ max: 20 }), fc.double({ min: -3, max: 3 }), fc.nat(), fc.constantFrom(Number.NaN, -0));

test('groups are numbered as they come, whatever their codes are; a row without one is a group of its own', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(fc.nat({ max: 9 })), fc.array(code)), (codes) => {
      const known = new Map<number, number>();
      let count = 0;
      const expected = codes.map((each) => {
        const number = Number.isNaN(each) ? undefined : known.get(each);
        if (number === undefined && !Number.isNaN(each)) known.set(each, count);
        return number ?? count++;
      });
      const { groupOf, count: found } = numberGroups(Float64Array.from(codes));
      expect([...groupOf]).toEqual(expected);
      expect(found).toBe(count);
    }),
  );
});

test('the rows of each group are ascending, and of some groups come one group after the other', () => {
  const grouped = rowsByGroup(numberGroups(Float64Array.of(7, 3, 7, Number.NaN, 3, 7)));
  expect(grouped.count).toBe(3);
  expect([0, 1, 2].map((group) => [...rowsOfGroup(grouped, group)])).toEqual([[0, 2, 5], [1, 4], [3]]);
  expect([0, 1, 2].map((group) => sizeOfGroup(grouped, group))).toEqual([3, 2, 1]);
  expect([...rowsOfGroups(grouped, Uint32Array.of(2, 0, 2, 1))]).toEqual([3, 0, 2, 5, 3, 1, 4]);
  expect(rowsByGroup(numberGroups(new Float64Array()))).toMatchObject({ count: 0, rows: new Uint32Array() });
});
