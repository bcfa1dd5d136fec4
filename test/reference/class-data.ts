import { createRandom, type Random } from '../../ml/core/random.ts';
import type { Declaration, NumericColumn } from '../../ml/data/declaration.ts';
import type { CategoricalColumn } from '../../ml/data/kinds/categorical.ts';
import { columnOf, type Table, takeRows } from '../../ml/data/table.ts';
import { fitFeatures, transform } from '../../ml/features/preprocess.ts';
import { categorical, type EncodingName, encodings, lastRows, normal, numeric, type Sample } from './data.ts';

/** The data sets with classes on which ours and the references are compared. */
export const classDataNames = ['payments', 'glyphs', 'visits'] as const;
export type ClassDataName = (typeof classDataNames)[number];

/** Targets are the indices of classes. */
export interface ClassSample extends Sample {
  readonly classes: number;
}

/** A data set with classes in an encoding, split; the same each time. */
export function classSample(name: ClassDataName, encoding: EncodingName): ClassSample {
  const { features, columns, classes, held } = draw[name]();
  const declaration: Declaration = {
    name,
    title: name,
    file: `${name}.csv`,
    target: 'target',
    columns: [...features, categorical('target', classes)],
  };
  const y = columns.get('target') as Float64Array;
  const table: Table = { rows: y.length, columns };
  const { train, test } = lastRows(table.rows, held);
  const learned = takeRows(table, train);
  const others = takeRows(table, test);
  const { preprocessor, x } = fitFeatures({ declaration, table: learned, encoding: encodings[encoding], seed: 42 });
  return {
    x,
    y: columnOf(learned, 'target'),
    holdoutX: transform(preprocessor, others),
    holdoutY: columnOf(others, 'target'),
    classes,
  };
}

interface Drawn {
  readonly features: readonly (NumericColumn | CategoricalColumn)[];
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly classes: number;
  /** How many rows are held out. */
  readonly held: number;
}

const draw: Record<ClassDataName, () => Drawn> = { payments, glyphs, visits };

/** 3,000 payments, of which one in 27 is fraud; a skewed amount, a yes/no, a category of five levels, and numbers. */
function payments(): Drawn {
  const random = createRandom(21);
  const rows = 3_000;
  const column = (of: () => number) => Float64Array.from({ length: rows }, of);
  const kinds = [0, 0.4, -0.6, 1.1, 0.2];
  const columns = {
    amount: column(() => Math.round(100 * Math.exp(3 + normal(random))) / 100),
    hour: column(() => 24 * random.uniform()),
    distance: column(() => normal(random)),
    age: column(() => normal(random)),
    abroad: column(() => Number(random.uniform() < 0.2)),
    kind: column(() => random.below(kinds.length)),
  };
  const target = column(() => 0).map((_, i) => {
    const at = (name: keyof typeof columns) => columns[name][i] as number;
    const night = Math.cos((2 * Math.PI * (at('hour') - 3)) / 24);
    const known = 0.7 * (Math.log(at('amount')) - 3) + 0.6 * night + 0.9 * at('distance') - 0.4 * at('age');
    const margin = known + at('abroad') + (kinds[at('kind')] as number) - 4.9;
    return Number(random.uniform() < 1 / (1 + Math.exp(-margin)));
  });
  const names = ['amount', 'hour', 'distance', 'age', 'abroad'];
  return {
    features: [...names.map(numeric), categorical('kind', kinds.length)],
    columns: new Map(Object.entries({ ...columns, target })),
    classes: 2,
    held: 300,
  };
}

/** 2,000 rows of ten classes, each of which lies around a place of its own in twelve columns. */
function glyphs(): Drawn {
  const random = createRandom(22);
  const rows = 2_000;
  const classes = 10;
  const names = Array.from({ length: 12 }, (_, j) => `stroke_${j}`);
  const places = Array.from({ length: classes }, () => names.map(() => 0.7 * normal(random)));
  // Some classes have twice as many rows as others.
  const target = Float64Array.from({ length: rows }, () => Math.floor(classes * random.uniform() ** 1.4));
  const columns = names.map((_, j) =>
    target.map((k) => Math.round(1000 * ((places[k]?.[j] as number) + normal(random))) / 1000),
  );
  return {
    features: names.map(numeric),
    columns: new Map([...names.map((name, j) => [name, columns[j] as Float64Array] as const), ['target', target]]),
    classes,
    held: 200,
  };
}

/** 2,500 visits that end in one of three ways: categories of many levels of uneven frequency, and numbers; some are missing. */
function visits(): Drawn {
  const random = createRandom(23);
  const rows = 2_500;
  const classes = 3;
  const levels = { city: 150, brand: 60, channel: 6 };
  const effects = new Map(
    Object.entries(levels).map(([name, count]) => [
      name,
      Float64Array.from({ length: classes * count }, () => normal(random)),
    ]),
  );
  const column = (of: () => number) => Float64Array.from({ length: rows }, of);
  const columns = new Map<string, Float64Array>();
  // Squared, so that some levels are frequent and many are rare; some rows of the rare ones are all held out.
  for (const [name, count] of Object.entries(levels))
    columns.set(
      name,
      column(() => Math.floor(count * random.uniform() ** 2)),
    );
  columns.set(
    'minutes',
    column(() => Math.exp(1 + normal(random))),
  );
  columns.set(
    'age',
    column(() => 18 + random.below(60)),
  );
  const at = (name: string, i: number) => columns.get(name)?.[i] as number;
  const target = column(() => 0).map((_, i) => {
    const margins = Array.from({ length: classes }, (_, k) => {
      const sum = Object.keys(levels).reduce(
        (sum, name) => sum + (effects.get(name)?.[classes * at(name, i) + k] as number),
        0,
      );
      const own = [0.5, -0.02 * (at('age', i) - 40), 0.4 * Math.log(at('minutes', i)) - 1];
      return sum + (own[k] as number);
    });
    return pick(margins, random);
  });
  for (const [name, values] of columns)
    for (let i = 0; i < rows; i++) if (random.uniform() < (name === 'channel' ? 0 : 0.08)) values[i] = Number.NaN;
  columns.set('target', target);
  const categories = Object.entries(levels).map(([name, count]) => categorical(name, count));
  return { features: [...categories, numeric('minutes'), numeric('age')], columns, classes, held: 250 };
}

/** One of several classes, by the softmax of their margins. */
function pick(margins: readonly number[], random: Random): number {
  const parts = margins.map(Math.exp);
  let left = random.uniform() * parts.reduce((sum, part) => sum + part, 0);
  for (let k = 0; k < parts.length - 1; k++) {
    left -= parts[k] as number;
    if (left < 0) return k;
  }
  return parts.length - 1;
}
