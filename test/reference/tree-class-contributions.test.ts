import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromJson } from '../../ml/core/plain-data.ts';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import type { ParamValue } from '../../ml/estimators/params.ts';
import { type ClassDataName, classSample } from './class-data.ts';
import { type EncodingName, referenceWeights } from './data.ts';

/** What shap says of the first held-out rows. */
interface Explanation {
  readonly model: string;
  readonly data: ClassDataName;
  readonly encoding: EncodingName;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly weighted: boolean;
  readonly bases: Float64Array;
  /** rows × outputs × columns. */
  readonly values: Float64Array;
}

const file = new URL('answers/tree_class_contributions.json', import.meta.url);
const { explanations } = fromJson(readFileSync(file, 'utf8')) as unknown as { explanations: readonly Explanation[] };

test.each(explanations)('contributions of the same trees are shap’s: $model, $data, weighted: $weighted', (theirs) => {
  const { x, y, classes, holdoutX } = classSample(theirs.data, theirs.encoding);
  const task = classes === 2 ? 'binary' : 'multiclass';
  const estimator = estimatorNamed(theirs.model, task);
  const weights = theirs.weighted ? referenceWeights(x.rows) : undefined;
  const params = paramsOf(theirs.model, task, theirs.params);
  const state = estimator.fit({ x, y, weights, classes, params, seed: 0 });
  const rows = theirs.values.length / theirs.bases.length / x.columns;
  const some = { ...holdoutX, rows, data: holdoutX.data.slice(0, rows * x.columns) };
  const { bases, values } = estimator.contributions?.(state, some) ?? expect.unreachable();
  const far = (ours: Float64Array, expected: Float64Array) =>
    Math.max(...expected.map((value, at) => Math.abs((ours[at] as number) - value)));
  expect([bases.length, values.length]).toEqual([theirs.bases.length, theirs.values.length]);
  // The cover of nodes is float32.
  expect(far(bases, theirs.bases)).toBeLessThan(1e-6);
  expect(far(values, theirs.values)).toBeLessThan(1e-6);
});
