// Classes that follow from columns, and classifiers that have learned them.

import { createRandom } from '../../ml/core/random.ts';
import type { Declaration } from '../../ml/data/declaration.ts';
import { type Table, takeRows } from '../../ml/data/table.ts';
import { taskKindOf } from '../../ml/data/task-kind.ts';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import type { FittedModel } from '../../ml/estimators/model.ts';
import { fitFeatures } from '../../ml/features/preprocess.ts';
import { normal, softmax } from './made-classes.ts';

const areas = ['north', 'south', 'east', 'west'];

/** Customers of so many classes; the target has no more to do with the columns than `offsets` and noise leave. */
export function customers(classes: number): Declaration {
  return {
    name: 'customers',
    title: 'Customers',
    file: 'customers.csv',
    target: 'outcome',
    columns: [
      { name: 'age', title: 'Age', kind: 'numeric' },
      { name: 'spent', title: 'Spent', kind: 'numeric' },
      { name: 'area', title: 'Area', kind: 'categorical', levels: areas },
      {
        name: 'outcome',
        title: 'Outcome',
        kind: 'categorical',
        levels: Array.from({ length: classes }, (_, k) => `c${k}`),
      },
    ],
  };
}

/**
 * Rows of them, whose classes are drawn by what their columns say.
 *
 * @param offsets one a class: the larger, the more rows are of it
 * @param noise how little columns say: 0 for all, 1 for hardly anything
 */
export function customerRows(rows: number, offsets: readonly number[], seed: number, noise = 0.3): Table {
  const draw = normal(seed);
  const { uniform } = createRandom(seed + 77);
  const names = ['age', 'spent', 'area', 'outcome'] as const;
  const columns = new Map(names.map((name) => [name, new Float64Array(rows)]));
  const set = (name: (typeof names)[number], row: number, value: number) => {
    (columns.get(name) as Float64Array)[row] = value;
  };
  for (let row = 0; row < rows; row++) {
    const [age, spent, area] = [draw(), draw(), Math.floor(4 * uniform())];
    const p = softmax(
      offsets.map((offset, k) => {
        const says = Math.sin(k + 1) * age + Math.cos(2 * k) * spent * (area > 1 ? 1 : -0.5) + (k === area ? 0.7 : 0);
        return offset + 2 * (1 - noise) * says;
      }),
    );
    let left = uniform();
    let k = 0;
    while (k < p.length - 1 && left >= (p[k] as number)) left -= p[k++] as number;
    set('age', row, row % 23 === 7 ? Number.NaN : 40 + 12 * age);
    set('spent', row, Math.exp(spent));
    set('area', row, area);
    set('outcome', row, k);
  }
  return { rows, columns };
}

/** A classifier that has learned some of the rows of a table. */
export function classPart(
  declaration: Declaration,
  table: Table,
  name: string,
  { params = {}, fold }: { params?: Readonly<Record<string, number | string>>; fold?: number } = {},
): FittedModel {
  const task = taskKindOf(declaration);
  const estimator = estimatorNamed(name, task);
  const learned = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => row % 3 !== fold);
  const { preprocessor, ...training } = fitFeatures({
    declaration,
    table: takeRows(table, learned),
    encoding: estimator.encoding,
    seed: 1,
  });
  const values = paramsOf(name, task, params);
  const target = declaration.columns.find((column) => column.name === declaration.target);
  const classes = target?.kind === 'categorical' ? target.levels.length : undefined;
  const state = estimator.fit({ ...training, classes, params: values, seed: 1 });
  return { estimator: name, task, params: values, features: [], preprocessor, state };
}
