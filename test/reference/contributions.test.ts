import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rowOf } from '../../ml/core/matrix.ts';
import { fromJson } from '../../ml/core/plain-data.ts';
import type { Contributions } from '../../ml/estimators/contributions.ts';
import { estimatorNamed, paramsOf } from '../../ml/estimators/index.ts';
import type { ParamValue } from '../../ml/estimators/params.ts';
import { asTrees } from '../../ml/trees/oblivious/explaining/as-trees.ts';
import type { CoveredTrees } from '../../ml/trees/shap/tree-paths.ts';
import { TreeShap } from '../../ml/trees/shap/tree-shap.ts';
import { TreeBuilder } from '../../ml/trees/trees.ts';
import { type DataName, type EncodingName, referenceSample } from './data.ts';

/** Rows that a reference explained, and what each column contributes: rows × columns. */
interface Explanation {
  readonly why: string;
  readonly base: number;
  readonly values: Float64Array;
}

/** With its trees, a node after the other: children are numbered within their tree. */
interface ExplainedTrees extends Explanation {
  readonly columns: number;
  readonly rows: Float64Array;
  readonly start: number;
  readonly trees: {
    readonly sizes: Int32Array;
    readonly left: Int32Array;
    readonly right: Int32Array;
    readonly feature: Int32Array;
    readonly threshold: Float64Array;
    readonly value: Float64Array;
    readonly missing_left: Uint8Array;
    readonly cover: Float64Array;
  };
}

interface ExplainedObliviousTrees extends Explanation {
  readonly columns: number;
  readonly rows: Float64Array;
  readonly depths: Uint8Array;
  readonly features: Int32Array;
  readonly borders: Float32Array;
  readonly leaves: Float64Array;
  readonly weights: Float32Array;
  readonly bias: number;
}

interface ExplainedFit extends Explanation {
  readonly data: DataName;
  readonly encoding: EncodingName;
  readonly params: Readonly<Record<string, ParamValue>>;
}

const file = new URL('answers/contributions.json', import.meta.url);
const { explanations, oblivious, categories } = fromJson(readFileSync(file, 'utf8')) as unknown as {
  explanations: readonly ExplainedTrees[];
  oblivious: readonly ExplainedObliviousTrees[];
  categories: readonly ExplainedFit[];
};

/** A reference's trees as ours. */
function builtFrom({ trees }: ExplainedTrees): CoveredTrees {
  const { sizes, left, right, feature, threshold, value, missing_left, cover } = trees;
  const builder = new TreeBuilder();
  let first = 0;
  for (const size of sizes) {
    const visit = (node: number, built: number): void => {
      const at = first + node;
      builder.setCover(built, cover[at] as number);
      if ((left[at] as number) < 0) {
        builder.setLeaf(built, value[at] as number);
        return;
      }
      const children = builder.split(built, feature[at] as number, threshold[at] as number, missing_left[at] === 1);
      visit(left[at] as number, children);
      visit(right[at] as number, children + 1);
    };
    visit(0, builder.addTree());
    first += size;
  }
  const built = builder.build();
  return { ...built, cover: built.cover ?? expect.unreachable() };
}

/** How far ours may be from theirs, as a share of the largest contribution: XGBoost computes in float32. */
const toleranceOf = ({ why }: Explanation) => (why.startsWith('xgboost') ? 1e-6 : 1e-12);

function expectNear(explained: Explanation, ours: Pick<Contributions, 'bases' | 'values'>): void {
  const { base, values } = explained;
  const tolerance = toleranceOf(explained);
  expect(ours.values.length).toBe(values.length);
  const size = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  expect(Math.abs((ours.bases[0] as number) - base)).toBeLessThanOrEqual(tolerance * Math.max(size, Math.abs(base)));
  const far = values.map((value, at) => Math.abs((ours.values[at] as number) - value) / size);
  expect(Math.max(...far)).toBeLessThanOrEqual(tolerance);
}

/** Ours of the same rows. */
function explain(trees: CoveredTrees, start: number, { rows, columns }: ExplainedTrees | ExplainedObliviousTrees) {
  const shap = new TreeShap(trees, { columns });
  const write = (row: number, into: Float32Array) => into.set(rows.subarray(row * columns, (row + 1) * columns));
  return { bases: Float64Array.of(start + shap.base), values: shap.explain(rows.length / columns, write) };
}

test.each(explanations)('of the same trees they are the reference’s: $why', (explained) => {
  expectNear(explained, explain(builtFrom(explained), explained.start, explained));
});

test.each(oblivious)('of the same oblivious trees they are the reference’s: $why', (explained) => {
  const { depths, features, borders, leaves: values, weights, bias } = explained;
  const trees = asTrees({ depths, features, borders, values, weights }) ?? expect.unreachable();
  expectNear(explained, explain(trees, bias, explained));
});

describe('combinations of categories share what their statistics add', () => {
  test.each(categories)('$why', async (explained) => {
    const { data, encoding, params } = explained;
    const { x, y, holdoutX } = await referenceSample(data, encoding);
    const catboost = estimatorNamed('catboost', 'regression');
    const rows = explained.values.length / x.columns;
    const some = { ...holdoutX, rows, data: holdoutX.data.slice(0, rows * x.columns) };
    const state = catboost.fit({ x, y, params: paramsOf('catboost', 'regression', params), seed: 0 });
    expectNear(explained, catboost.contributions?.(state, some) ?? expect.unreachable());
  });
});

test('trees that grew here have the reference’s cover, and so explain as it does', async () => {
  const { x, y, holdoutX } = await referenceSample('sensors', 'kept');
  const explained = explanations.find(({ why }) => why === 'xgboost') ?? expect.unreachable();
  const xgboost = estimatorNamed('xgboost', 'regression');
  const state = xgboost.fit({
    x,
    y,
    params: paramsOf('xgboost', 'regression', { n_estimators: 6, base_score: 2.5 }),
    seed: 0,
  });
  const ours = Array.from({ length: explained.values.length / x.columns }, (_, row) => {
    const one = { ...holdoutX, rows: 1, data: rowOf(holdoutX, row).slice() };
    return xgboost.contributions?.(state, one) ?? expect.unreachable();
  });
  const values = Float64Array.from(ours.flatMap(({ values }) => [...values]));
  expectNear(explained, { bases: ours[0]?.bases ?? expect.unreachable(), values });
});
