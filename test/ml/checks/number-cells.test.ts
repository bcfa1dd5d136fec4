import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsByBin, NumberCells, quantileBins } from '../../../ml/checks/number-cells.ts';

const counted = (cells: NumberCells, values: readonly number[]) => {
  const counts = new Float64Array(cells.count);
  for (const value of values) {
    const cell = cells.cellOf(value);
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
};

describe('cells', () => {
  it('are the values of a reference, and what lies between, below and above', () => {
    const cells = new NumberCells(Float64Array.of(3, 1, 1, 2));
    expect(cells.count).toBe(7);
    expect([0, 1, 1.5, 2, 2.5, 3, 9].map((value) => cells.cellOf(value))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('are bounded, however many values there are, and keep the ends', () => {
    const cells = new NumberCells(Float64Array.from({ length: 50_000 }, (_, i) => i));
    expect(cells.count).toBe(2001);
    expect(cells.cellOf(0)).toBe(1);
    expect(cells.cellOf(49_999)).toBe(1999);
  });

  it('are in the order of the values', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), number, number, (reference, a, b) => {
        const cells = new NumberCells(Float64Array.from(reference));
        if (a < b) expect(cells.cellOf(a)).toBeLessThanOrEqual(cells.cellOf(b));
      }),
    );
  });

  it('of no value are one', () => {
    const cells = new NumberCells(new Float64Array());
    expect(cells.count).toBe(1);
    expect(cells.cellOf(5)).toBe(0);
  });
});

describe('bins', () => {
  it('hold equal shares of a reference', () => {
    const values = Array.from({ length: 1000 }, (_, i) => i);
    const cells = new NumberCells(Float64Array.from(values));
    const binOf = quantileBins(counted(cells, values), 10);
    expect([...countsByBin(counted(cells, values), binOf)]).toEqual(new Array(10).fill(100));
    // What is beyond the reference belongs to the bins at its ends.
    expect([...countsByBin(counted(cells, [-5, 2000]), binOf)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('give a frequent value one of its own, so that what leaves it is seen', () => {
    const values = [...new Array<number>(70).fill(0), ...Array.from({ length: 30 }, (_, i) => i + 1)];
    const cells = new NumberCells(Float64Array.from(values));
    const binOf = quantileBins(counted(cells, values), 10);
    expect(countsByBin(counted(cells, values), binOf)).toContain(70);
    const constant = new NumberCells(Float64Array.of(5, 5, 5));
    const bins = quantileBins(counted(constant, [5, 5, 5]), 10);
    expect([...countsByBin(counted(constant, [4, 5, 6, 6]), bins)]).toEqual([1, 1, 2]);
  });
});
