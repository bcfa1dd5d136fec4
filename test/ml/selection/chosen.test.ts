import { expect, test } from 'vitest';
import type { FittedModel, Member, Model } from '../../../ml/estimators/model.ts';
import {
  chosenSchema,
  describeModel,
  ensembleEntry,
  isMember,
  membersOf,
  nameOf,
} from '../../../ml/selection/chosen.ts';

const cv = { r2: 0.8, rmse: 2, mae: 1, r2_sd: 0.01 };
const part = (estimator: string, features: FittedModel['features'] = []): FittedModel => ({
  estimator,
  task: 'regression',
  params: { depth: 3 },
  features,
  preprocessor: { recipes: [], columns: [], target: null },
  state: null,
});
const member = (weight: number, ...parts: FittedModel[]): Member => ({ weight, parts });
const described = (model: Model) => chosenSchema.parse(describeModel(model, cv));

test('one candidate is described by itself, with the number of its fits', () => {
  const single = described({ intercept: 0, members: [member(1, part('ridge'))] });
  expect(single).toEqual({ model: 'ridge', params: { depth: 3 }, parts: 1, cv });
  const bagged = described({ intercept: 0, members: [member(1, part('catboost'), part('catboost'))] });
  expect(bagged).toMatchObject({ model: 'catboost', parts: 2 });
  expect([single, bagged].map(nameOf)).toEqual(['ridge', 'catboost']);
  expect([single, bagged, null].flatMap(ensembleEntry)).toEqual([]);
});

test('an ensemble is described by its members, and named by those that count most', () => {
  const recipe = { recipe: 'pairs' };
  const ensemble = described({
    intercept: 0.5,
    members: [member(0.3, part('ridge')), member(0.7, part('catboost', [recipe]), part('catboost', [recipe]))],
  });
  expect(ensemble).toEqual({
    model: 'ensemble',
    intercept: 0.5,
    members: [
      { model: 'ridge', params: { depth: 3 }, parts: 1, weight: 0.3 },
      { model: 'catboost', params: { depth: 3 }, features: [recipe], parts: 2, weight: 0.7 },
    ],
    cv,
  });
  expect(nameOf(ensemble)).toBe('the ensemble of catboost and ridge');
  expect(membersOf(ensemble)).toHaveLength(2);
  expect(ensembleEntry(ensemble)).toEqual([{ status: 'scored', model: 'ensemble', params: {}, cv }]);
});

test('one candidate that is stretched or moved is an ensemble of one', () => {
  expect(described({ intercept: 0, members: [member(1.1, part('ridge'))] }).model).toBe('ensemble');
  expect(described({ intercept: 2, members: [member(1, part('ridge'))] }).model).toBe('ensemble');
});

test('a member is told from a candidate with other parameters or features', () => {
  const chosen = described({ intercept: 0, members: [member(1, part('ridge'))] });
  const is = (params: object, features?: object[]) => isMember(chosen, { model: 'ridge', params, features });
  expect([is({ depth: 3 }), is({ depth: 3 }, []), is({ depth: 4 }), is({ depth: 3 }, [{ recipe: 'pairs' }])]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
