import { join } from 'node:path';
import type { Matrix } from '../../ml/core/matrix.ts';
import { createRandom, type Random } from '../../ml/core/random.ts';
import { type Declaration, type NumericColumn, readDeclaration } from '../../ml/data/declaration.ts';
import { ingest } from '../../ml/data/ingest.ts';
import type { CategoricalColumn } from '../../ml/data/kinds/categorical.ts';
import { columnOf, type Table, takeRows } from '../../ml/data/table.ts';
import type { Encoding } from '../../ml/features/column-encoding.ts';
import { fitFeatures, transform } from '../../ml/features/preprocess.ts';
import { splitBySeed } from '../../ml/selection/split.ts';

/** The data sets on which ours and the references are compared. */
export const dataNames = ['students', 'sensors', 'shops'] as const;
export type DataName = (typeof dataNames)[number];

/** The encodings in which they are compared. */
export const encodings = {
  /** What linear models and neighbours take. */
  scaled: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  /** What trees take. */
  imputed: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  /** What XGBoost takes. */
  kept: { categories: 'one-hot', numbers: 'raw', missing: 'kept' },
  /** What CatBoost takes. */
  codes: { categories: 'codes', numbers: 'raw', missing: 'kept' },
} as const satisfies Record<string, Encoding>;
export type EncodingName = keyof typeof encodings;

/** Rows to learn from, and rows to predict. */
export interface Sample {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly holdoutX: Matrix;
  readonly holdoutY: Float64Array;
}

/** A data set in an encoding, split; the same each time. */
export async function referenceSample(name: DataName, encoding: EncodingName): Promise<Sample> {
  const { declaration, table, holdout } = await load[name]();
  const { test, train } = holdout ?? splitBySeed(table.rows, 42);
  const learned = takeRows(table, train);
  const held = takeRows(table, test);
  const { preprocessor, x, y } = fitFeatures({ declaration, table: learned, encoding: encodings[encoding], seed: 42 });
  return {
    x,
    y,
    holdoutX: transform(preprocessor, held),
    holdoutY: columnOf(held, declaration.target),
  };
}

/** Weights for the rows to learn from: quarters, whose sums no rounding touches, up to 3; some are 0. */
export function referenceWeights(rows: number): Float64Array {
  const random = createRandom(13);
  return Float64Array.from({ length: rows }, () => random.below(13) / 4);
}

interface Data {
  readonly declaration: Declaration;
  readonly table: Table;
  readonly holdout?: { readonly train: Uint32Array; readonly test: Uint32Array };
}

const load: Record<DataName, () => Promise<Data>> = {
  async students() {
    const folder = join(import.meta.dirname, '../fixtures/students');
    const declaration = await readDeclaration(folder);
    return { declaration, table: (await ingest(join(folder, declaration.file), declaration)).table };
  },
  sensors: async () => sensors(),
  shops: async () => shops(),
};

/** 10,000 rows of eight continuous columns, a tenth of three of them missing, and what is missing matters. */
function sensors(): Data {
  const rows = 10_000;
  const random = createRandom(11);
  const columns = Array.from({ length: 8 }, () => Float64Array.from({ length: rows }, () => normal(random)));
  const [a, b, c, d, e, f] = columns as [Float64Array, ...Float64Array[]] as Float64Array[] & { length: 8 };
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const at = (column: Float64Array | undefined) => column?.[i] as number;
    return 2 * at(a) + Math.sin(3 * at(b)) + at(c) * at(d) + Math.abs(at(e)) + 0.3 * at(f) + 0.5 * normal(random);
  });
  for (const column of columns.slice(1, 4)) {
    for (let i = 0; i < rows; i++) {
      if (random.uniform() >= 0.1) continue;
      column[i] = Number.NaN;
      y[i] = (y[i] as number) + 1;
    }
  }
  const names = columns.map((_, j) => `sensor_${j}`);
  return {
    declaration: declare('sensors', names.map(numeric)),
    table: {
      rows,
      columns: new Map([...names.map((name, j) => [name, columns[j]] as const), ['target', y]] as [
        string,
        Float64Array,
      ][]),
    },
    holdout: lastRows(rows, 1_000),
  };
}

/** 2,500 rows of four categories, three of them with many levels of uneven frequency, and two numbers. */
function shops(): Data {
  const rows = 2_500;
  const random = createRandom(12);
  const levels = { city: 200, brand: 100, product: 60, weekday: 7 };
  const effects = new Map(
    Object.entries(levels).map(([name, count]) => [name, Float64Array.from({ length: count }, () => normal(random))]),
  );
  const columns = new Map<string, Float64Array>();
  for (const [name, count] of Object.entries(levels)) {
    // Squared, so that some levels are frequent and many are rare; some rows of the rare ones are all held out.
    columns.set(
      name,
      Float64Array.from({ length: rows }, () => Math.floor(count * random.uniform() ** 2)),
    );
  }
  columns.set(
    'price',
    Float64Array.from({ length: rows }, () => Math.round(10 + 5 * normal(random))),
  );
  columns.set(
    'stock',
    Float64Array.from({ length: rows }, () => random.below(200)),
  );
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const effect = (name: string) => effects.get(name)?.[columns.get(name)?.[i] as number] as number;
    const price = columns.get('price')?.[i] as number;
    const stock = columns.get('stock')?.[i] as number;
    return (
      50 +
      5 * effect('city') +
      3 * effect('brand') +
      4 * effect('product') +
      effect('weekday') -
      0.8 * price +
      0.02 * stock +
      effect('city') * effect('weekday') +
      2 * normal(random)
    );
  });
  columns.set('target', y);
  const categories = Object.entries(levels).map(([name, count]) => categorical(name, count));
  return {
    declaration: declare('shops', [...categories, numeric('price'), numeric('stock')]),
    table: { rows, columns },
    holdout: lastRows(rows, 500),
  };
}

function declare(name: string, features: (NumericColumn | CategoricalColumn)[]): Declaration {
  return { name, title: name, file: `${name}.csv`, target: 'target', columns: [...features, numeric('target')] };
}

export const numeric = (name: string): NumericColumn => ({ name, title: name, kind: 'numeric' });

export const categorical = (name: string, count: number): CategoricalColumn => ({
  name,
  title: name,
  kind: 'categorical',
  levels: Array.from({ length: count }, (_, i) => `${name} ${i}`),
});

/** Rows come in random order anyway. */
export function lastRows(rows: number, held: number): { train: Uint32Array; test: Uint32Array } {
  const all = Uint32Array.from({ length: rows }, (_, i) => i);
  return { train: all.slice(0, rows - held), test: all.slice(rows - held) };
}

/** Box and Muller's. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}
