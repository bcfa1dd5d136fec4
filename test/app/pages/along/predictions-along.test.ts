import { expect, test } from 'vitest';
import { drawAlong } from '../../../../app/pages/form/along/draw-along.ts';
import { predictionsAlong } from '../../../../app/pages/form/along/predictions-along.ts';
import { valuesAlong } from '../../../../app/pages/form/along/values-along.ts';
import type { FeatureColumn } from '../../../../ml/index.ts';
import { writeLoans } from '../../../class-data.ts';
import { writeHouses } from '../../../houses.ts';
import { serve, serveClasses } from '../../serve.ts';

const served = serve(writeHouses);
const loans = serveClasses(writeLoans, { params: { gradient_boosting: { n_estimators: 5 } } });
const column = (name: string) => served.predictor.features.find((each) => each.name === name) as FeatureColumn;
const record = { area: 100, rooms: 3, heating: 'gas' };

test('each value is predicted as the record with that value in its place', () => {
  const along = predictionsAlong(served.predictor, record, column('area'));
  const [output] = along?.outputs ?? [];
  expect(along?.own).toBe(100);
  expect(along?.values).toContain(100);
  for (const [i, area] of [...(along?.values ?? [])].entries())
    expect(output?.values[i]).toBeCloseTo(served.predictor.predict({ ...record, area }), 9);
  expect(output?.own).toBe(served.predictor.predict(record));
  expect(output?.low?.length).toBe(along?.values.length);
});

test('whole numbers stay whole, and a record beyond what is usual is among them', () => {
  const along = predictionsAlong(served.predictor, { ...record, rooms: 20 }, column('rooms'));
  expect([...(along?.values ?? [])].every(Number.isInteger)).toBe(true);
  expect(along?.values.at(-1)).toBe(20);
});

test('levels are in declared order, by their codes, and one that is not known is told of', () => {
  const along = predictionsAlong(served.predictor, { ...record, heating: null }, column('heating'));
  expect([...(along?.values ?? [])]).toEqual([0, 1, 2]);
  expect(along?.own).toBeNaN();
  const drawn = along && drawAlong(along, served.predictor).html;
  expect(drawn).toContain('<figcaption>Price by Heating</figcaption>');
  expect(drawn?.match(/<th scope="row"[^>]*>[^/]*<bdi[^>]*>([^<]*)/g)).toHaveLength(4);
  expect(drawn).toContain('Not known');
});

test('of many levels some are drawn, and that of the record among them', () => {
  const many = { ...column('heating'), levels: Array.from({ length: 100 }, (_, i) => `level ${i}`) } as FeatureColumn;
  expect(valuesAlong(many, 70, undefined)).toMatchObject({ left: 76 });
  expect([...(valuesAlong(many, 70, undefined)?.values ?? [])].slice(-2)).toEqual([22, 70]);
  expect(valuesAlong(many, 3, undefined)?.values.at(-1)).toBe(23);
});

test('of two classes the probability of the positive one is drawn, from 0 to 1', () => {
  const [income] = loans.predictor.features as [FeatureColumn];
  const along = predictionsAlong(loans.predictor, { income: 30, debt: 25, purpose: 'boat' }, income);
  const { probabilities } = loans.predictor.predict({ income: 30, debt: 25, purpose: 'boat' });
  expect(along?.outputs.map(({ name, own }) => [name, own])).toEqual([['yes', probabilities.yes]]);
  expect(along && drawAlong(along, loans.predictor).html).toContain('Probability of “yes” by Income');
});

test('nothing is drawn where it is not known from where to where a number goes', () => {
  const usual = new Map();
  expect(predictionsAlong({ ...served.predictor, usual }, record, column('area'))).toBeUndefined();
});
