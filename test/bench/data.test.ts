import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aboveMedian, normals, readNumbers, students } from '../../bench/data.ts';
import { referenceSample } from '../reference/data.ts';
import { temporaryFolder } from '../temporary.ts';

test('the project’s own data is read back as it was, bit by bit', async () => {
  const { base, columns, levels } = await students('codes').write(join(temporaryFolder(), 'students'));
  const { x, y, holdoutX, holdoutY } = await referenceSample('students', 'codes');
  expect({ columns, levels }).toEqual({ columns: x.columns, levels: x.levels });
  const read = ['x', 'y', 'holdout_x', 'holdout_y'].map((part) => readNumbers(`${base}.${part}.f64`));
  expect(read).toEqual([x.data, y, holdoutX.data, holdoutY]);
});

test('normal data is the same each time, more than one chunk of it, and fits in float32', async () => {
  const folder = temporaryFolder();
  const digest = async (name: string) => {
    const { base } = await normals(10_007).write(join(folder, name));
    const hash = createHash('sha256');
    for (const part of ['x', 'y', 'holdout_x', 'holdout_y']) hash.update(readFileSync(`${base}.${part}.f64`));
    return { base, digest: hash.digest('hex') };
  };
  const [first, second] = [await digest('first'), await digest('second')];
  expect(second.digest).toBe(first.digest);
  const x = readNumbers(`${first.base}.x.f64`);
  expect(x.length).toBe(10_007 * 20);
  expect(readNumbers(`${first.base}.y.f64`).length).toBe(10_007);
  expect(x.every((value) => value === Math.fround(value))).toBe(true);
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(variance).toBeCloseTo(1, 1);
});

test('two classes are those above the median of what is learned from, and those below it', async () => {
  const folder = temporaryFolder();
  const numbers = await students('codes').write(join(folder, 'numbers'));
  const classes = await aboveMedian(students('codes')).write(join(folder, 'classes'));
  expect(classes).toEqual({ ...numbers, base: classes.base, classes: 2 });
  const [y, learned, held] = [`${numbers.base}.y`, `${classes.base}.y`, `${classes.base}.holdout_y`].map((base) =>
    readNumbers(`${base}.f64`),
  ) as [Float64Array, Float64Array, Float64Array];
  const above = y.filter((_, i) => learned[i] === 1);
  const below = y.filter((_, i) => learned[i] === 0);
  expect(Math.min(...above)).toBeGreaterThan(Math.max(...below));
  expect(above.length / y.length).toBeCloseTo(0.5, 1);
  expect(new Set(held)).toEqual(new Set([0, 1]));
});
