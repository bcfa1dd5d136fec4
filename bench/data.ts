// The data of the comparisons, as files of float64 that either side reads.

import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { medianOf } from '../ml/core/median.ts';
import { createRandom, type Random } from '../ml/core/random.ts';
import { type EncodingName, normal, referenceSample } from '../test/reference/data.ts';

/** Where a data set lies: BASE.x.f64, BASE.y.f64, and rows held out, BASE.holdout_x.f64 and BASE.holdout_y.f64. */
export interface DataFiles {
  readonly base: string;
  readonly columns: number;
  /** How many levels each column has, 0 for a numeric one; null where all are numeric. */
  readonly levels: readonly number[] | null;
  /** How many classes there are, of which targets are the numbers, from 0; null where targets are numbers that mean what they are. */
  readonly classes: number | null;
}

/** A data set that is yet to be written. */
export interface Data {
  readonly name: string;
  /** How many classes its targets are. @default they are numbers */
  readonly classes?: number;
  /** Writes it into files of this base. */
  readonly write: (base: string) => Promise<DataFiles>;
}

/** A folder of data sets, each written when it is first asked for; gone when this process ends. */
export class DataFolder {
  readonly #folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  readonly #written = new Map<string, DataFiles>();

  constructor() {
    process.once('exit', () => rmSync(this.#folder, { recursive: true, force: true }));
  }

  async files({ name, write }: Data): Promise<DataFiles> {
    const files = this.#written.get(name) ?? (await write(join(this.#folder, name)));
    this.#written.set(name, files);
    return files;
  }
}

/** The project's own data: 800 rows to learn from, 200 held out. */
export function students(encoding: EncodingName): Data {
  const write = async (base: string) => {
    const { x, y, holdoutX, holdoutY } = await referenceSample('students', encoding);
    for (const [part, values] of Object.entries({ x: x.data, y, holdout_x: holdoutX.data, holdout_y: holdoutY }))
      writeFileSync(`${base}.${part}.f64`, values);
    return { base, columns: x.columns, levels: x.levels ?? null, classes: null };
  };
  return { name: `students.${encoding}`, write };
}

const COLUMNS = 20;

/** So many rows at once: the processes that are measured start out with as much memory as this one has in use. */
const CHUNK = 10_000;

/** y = 2 x₀ + sin(3 x₁) + x₂ x₃ + noise, of 20 normal columns, in numbers that float32 holds. @param held rows held out */
export function normals(rows: number, held = 10_000): Data {
  const write = async (base: string) => {
    const random = createRandom(1);
    await writeNormals(rows, random, `${base}.x.f64`, `${base}.y.f64`);
    await writeNormals(held, random, `${base}.holdout_x.f64`, `${base}.holdout_y.f64`);
    return { base, columns: COLUMNS, levels: null, classes: null };
  };
  return { name: `normals.${rows}.${held}`, write };
}

async function writeNormals(rows: number, random: Random, xFile: string, yFile: string): Promise<void> {
  await using xs = await open(xFile, 'w');
  await using ys = await open(yFile, 'w');
  for (let start = 0; start < rows; start += CHUNK) {
    const length = Math.min(CHUNK, rows - start);
    const x = Float64Array.from({ length: length * COLUMNS }, () => Math.fround(normal(random)));
    const y = Float64Array.from({ length }, (_, i) => {
      const [a, b, c, d] = x.subarray(i * COLUMNS) as Float64Array & [number, number, number, number];
      return Math.fround(2 * a + Math.sin(3 * b) + c * d + 0.5 * normal(random));
    });
    await xs.writeFile(x);
    await ys.writeFile(y);
  }
}

/** The same with two classes: targets at or above the median of those to learn from, and targets below it. */
export function aboveMedian({ name, write }: Data): Data {
  const writeClasses = async (base: string) => {
    const files = await write(base);
    const y = readNumbers(`${base}.y.f64`);
    const threshold = medianOf(y);
    for (const [part, values] of [
      ['y', y],
      ['holdout_y', readNumbers(`${base}.holdout_y.f64`)],
    ] as const)
      writeFileSync(
        `${base}.${part}.f64`,
        values.map((value) => Number(value >= threshold)),
      );
    return { ...files, classes: 2 };
  };
  return { name: `${name}.classes`, classes: 2, write: writeClasses };
}

/** A file's numbers, with no second copy of them in memory meanwhile. */
export function readNumbers(path: string): Float64Array {
  const file = openSync(path, 'r');
  const numbers = new Float64Array(fstatSync(file).size / 8);
  const bytes = new Uint8Array(numbers.buffer);
  for (let at = 0; at < bytes.length; ) at += readSync(file, bytes, at, Math.min(bytes.length - at, 2 ** 30), null);
  closeSync(file);
  return numbers;
}
