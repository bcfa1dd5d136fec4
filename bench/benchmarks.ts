// What `bench fit` measures: the table of targets, as data.

import { isDeepStrictEqual } from 'node:util';
import type { TaskKind } from '../ml/data/task-kind.ts';
import { estimatorNamed, estimatorNamesOf } from '../ml/estimators/index.ts';
import { type EncodingName, encodings } from '../test/reference/data.ts';
import { aboveMedian, type Data, normals, students } from './data.ts';
import type { Answer, Task } from './process.ts';
import type { bounds } from './table.ts';

/** A task whose data is not written yet. */
type Request = Omit<Task, 'data' | 'threads'>;

export interface Benchmark {
  readonly work: string;
  readonly unit: keyof typeof units;
  readonly target: number;
  /** What the target bounds. @default 'ratio' */
  readonly bound?: keyof typeof bounds;
  readonly data: Data;
  readonly ours: Request;
  /** Another estimator of ours takes the peers' place, once. @default the peer of the same task */
  readonly instead?: Request;
  /** The threads that the peer is tried with; the quickest counts. On small data two may wait for each other. @default [1, 2] */
  readonly peerThreads?: readonly number[];
  /** Each measurement in a process of its own, as memory needs; else in one that is warm. */
  readonly fresh?: true;
  /** How often it is measured, at most. @default as often as was asked */
  readonly most?: number;
}

/** What an answer gives in a unit. */
export const units = {
  µs: ({ seconds }: Answer) => seconds * 1e6,
  ms: ({ seconds }: Answer) => seconds * 1e3,
  s: ({ seconds }: Answer) => seconds,
  MB: ({ megabytes }: Answer) => megabytes,
};

/** Every work whose estimators are here. Large data has so many rows, or a share of them. */
export function fitBenchmarks(rows: number): readonly Benchmark[] {
  const [many, some] = [rows, Math.ceil(rows / 10)];
  const million = {
    data: normals(many),
    ours: { timed: 'fit', model: 'xgboost', params: { max_depth: 6, n_estimators: 100 } },
    peerThreads: [2],
    fresh: true,
  } as const;
  const benchmarks: Benchmark[] = [
    onStudents('linear', 1),
    onStudents('ridge', 1),
    onStudents('lasso', 1),
    onStudents('elastic_net', 1),
    onStudents('knn', 1),
    onStudents('kernel_ridge', 1),
    onStudents('decision_tree', 1),
    onStudents('random_forest', 0.5),
    onStudents('extra_trees', 0.5),
    onStudents('gradient_boosting', 0.5),
    onStudents('adaboost', 0.5),
    onStudents('xgboost', 1),
    onStudents('catboost', 0.8),
    { ...onStudents('catboost', 1), work: 'catboost, students, one-hot', data: students('kept') },
    {
      ...onStudents('random_forest', 0.01, { n_estimators: 100 }),
      work: 'random_forest, students, 100 trees, against ml-random-forest (run once)',
      instead: { timed: 'fit', model: 'ml_random_forest', params: { n_estimators: 100 } },
    },
    { ...million, work: `xgboost, ${sizeOf(many)}, depth 6, 100 trees`, unit: 's', target: 0.75 },
    {
      work: `catboost, ${sizeOf(some)}, depth 6, 200 trees`,
      unit: 's',
      target: 0.9,
      data: normals(some),
      ours: { timed: 'fit', model: 'catboost', params: { depth: 6, iterations: 200 } },
      peerThreads: [2],
      fresh: true,
    },
    { ...million, work: `xgboost, ${sizeOf(many)}, peak memory`, unit: 'MB', target: 2, most: 1 },
  ];
  const all = [...benchmarks, ...classBenchmarks(rows)];
  const isHere = (task: TaskKind, { model }: Request) => estimatorNamesOf(task).includes(model);
  return all.filter((benchmark) => {
    const { ours, instead = ours } = benchmark;
    return isHere(taskOf(benchmark), ours) && isHere(taskOf(benchmark), instead);
  });
}

/** The classifiers: students above the median from those below it, and the same of large data. */
function classBenchmarks(rows: number): readonly Benchmark[] {
  const large = (model: string, rows: number, params: Request['params']): Benchmark => ({
    work: `${model}, ${sizeOf(rows)}, depth 6, ${params.n_estimators ?? params.iterations} trees, classes`,
    unit: 's',
    target: 0.8,
    data: aboveMedian(normals(rows)),
    ours: { timed: 'fit', model, params },
    peerThreads: [2],
    fresh: true,
  });
  const targets = {
    logistic: 1,
    knn: 1,
    kernel_logistic: 1,
    decision_tree: 1,
    random_forest: 0.5,
    extra_trees: 0.5,
    gradient_boosting: 0.5,
    adaboost: 0.5,
    xgboost: 1,
    catboost: 1,
  };
  return [
    ...Object.entries(targets).map(([model, target]) => onStudents(model, target, {}, 'binary')),
    large('xgboost', rows, { max_depth: 6, n_estimators: 100 }),
    large('catboost', Math.ceil(rows / 10), { depth: 6, iterations: 200 }),
  ];
}

/** What a benchmark learns. */
export const taskOf = ({ data }: Pick<Benchmark, 'data'>): TaskKind =>
  data.classes === undefined ? 'regression' : 'binary';

const sizeOf = (rows: number) => `${rows.toLocaleString('en')} × 20`;

/** How much slower than an earlier version, or larger, a work may be. */
const SLOWER = 1.03;

/** The same benchmarks, measured beside an earlier version of ours. */
export function besideEarlier(benchmarks: readonly Benchmark[]): readonly Benchmark[] {
  return benchmarks
    .filter(({ instead }) => !instead)
    .map((benchmark) => ({ ...benchmark, target: SLOWER, bound: 'ratio', peerThreads: [2] }));
}

/** A fit of the students data in the encoding that the estimator takes. */
function onStudents(
  model: string,
  target: number,
  params: Request['params'] = {},
  task: TaskKind = 'regression',
): Benchmark {
  const data = students(estimatorNamesOf(task).includes(model) ? encodingOf(model, task) : 'imputed');
  return {
    work: `${model}, students${task === 'regression' ? '' : ', classes'}`,
    unit: 'ms',
    target,
    data: task === 'regression' ? data : aboveMedian(data),
    ours: { timed: 'fit', model, params },
  };
}

function encodingOf(model: string, task: TaskKind): EncodingName {
  const { encoding } = estimatorNamed(model, task);
  const names = Object.keys(encodings) as EncodingName[];
  const name = names.find((name) => isDeepStrictEqual(encodings[name], encoding));
  if (name === undefined) throw new Error(`no encoding of the comparisons is that of ${model}`);
  return name;
}
