// Our side of a comparison: reads tasks as lines of JSON, and answers each. peers/peers.py is its twin.

import { createInterface } from 'node:readline';
import { type Matrix, rowOf } from '../ml/core/matrix.ts';
import type { PlainData } from '../ml/core/plain-data.ts';
import type { Predictions } from '../ml/core/predictions.ts';
import { regressionScores } from '../ml/core/regression-scores.ts';
import { estimatorNamed } from '../ml/estimators/index.ts';
import { resolveParams } from '../ml/estimators/params.ts';
import type { Sample } from '../test/reference/data.ts';
import { readNumbers } from './data.ts';
import type { Answer, Task } from './process.ts';
import { taskOf } from './random/problem.ts';

/** What is quicker than this is repeated, in seconds. */
const LEAST = 0.02;

/** The data sets that were read, by where they lie. */
const loaded = new Map<string, Sample>();
/** The models that more than one thing is asked of, by how they were fitted. */
const models = new Map<string, PlainData>();

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}

function answer({ timed, model, params, data, threads }: Task): Answer {
  const { x, y, holdoutX, holdoutY } = loaded.get(data.base) ?? load(data);
  const classes = data.classes ?? undefined;
  const estimator = estimatorNamed(model, taskOf({ classes }));
  const values = resolveParams(model, estimator.params, params);
  let [seconds, state] = fitted(timed, [data.base, model, params, threads], () =>
    estimator.fit({ x, y, classes, params: values, seed: 1, threads }),
  );
  const megabytes = process.resourceUsage().maxRSS / 1024;
  if (timed !== 'fit') {
    const rows = Array.from({ length: Math.min(holdoutX.rows, 10_000) }, (_, i) => ({
      ...holdoutX,
      rows: 1,
      data: rowOf(holdoutX, i),
    }));
    const row = (i: number) => rows[i % rows.length] as Matrix;
    const work = {
      predict: (i: number) => estimator.predict(state, row(i)).values,
      'predict all': () => estimator.predict(state, holdoutX, threads).values,
      explain: () => estimator.contributions?.(state, holdoutX, threads)?.values,
      'explain one': (i: number) => estimator.contributions?.(state, row(i))?.values,
    };
    // What is worked out of a model once for all is no part of it.
    work[timed](0);
    [seconds] = repeatedly<unknown>(work[timed]);
  }
  return { seconds, megabytes, ...scoreOf(holdoutY, estimator.predict(state, holdoutX, threads)) };
}

/** The seconds that a fit takes; of what is asked of fitted models, these are fitted once. */
function fitted(
  timed: Task['timed'],
  by: readonly unknown[],
  learn: () => PlainData,
): [seconds: number, state: PlainData] {
  if (timed === 'fit') return repeatedly(learn);
  const key = JSON.stringify(by);
  const state = models.get(key) ?? learn();
  models.set(key, state);
  return [0, state];
}

/** R², or of classes the share of rows whose most probable class is theirs. */
function scoreOf(y: Float64Array, { outputs, values }: Predictions): Pick<Answer, 'r2' | 'accuracy'> {
  if (outputs === 1) return { r2: regressionScores(y, values).r2 };
  const isRight = (k: number, i: number) => {
    const row = values.subarray(i * outputs, (i + 1) * outputs);
    return row.indexOf(Math.max(...row)) === k;
  };
  return { accuracy: y.filter(isRight).length / y.length };
}

/** The seconds that it takes once, on average, and what it returned last. */
function repeatedly<T>(work: (i: number) => T): [seconds: number, result: T] {
  const start = performance.now();
  for (let i = 0; ; ) {
    const result = work(i++);
    const seconds = (performance.now() - start) / 1000;
    if (seconds >= LEAST) return [seconds / i, result];
  }
}

function load({ base, columns, levels }: Task['data']): Sample {
  const matrix = (part: string): Matrix => {
    const data = readNumbers(`${base}.${part}.f64`);
    return { rows: data.length / columns, columns, data, ...(levels && { levels }) };
  };
  const sample: Sample = {
    x: matrix('x'),
    y: readNumbers(`${base}.y.f64`),
    holdoutX: matrix('holdout_x'),
    holdoutY: readNumbers(`${base}.holdout_y.f64`),
  };
  loaded.set(base, sample);
  return sample;
}
