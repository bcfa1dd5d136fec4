// What a training learns of a model and its rows takes bounded work however many columns there are.

import { expect, test } from 'vitest';
import { featuresOf } from '../../../ml/data/declaration.ts';
import { sliceRows } from '../../../ml/data/table.ts';
import { type FittedModel, partsOf } from '../../../ml/estimators/model.ts';
import { fitDensity } from '../../../ml/explain/density.ts';
import { dependenceOf } from '../../../ml/explain/dependence.ts';
import { affordableFeatures } from '../../../ml/explain/fit-on-columns.ts';
import { importanceOf } from '../../../ml/explain/importance.ts';
import { taskOf } from '../../../ml/selection/tasks/index.ts';
import { crossValidate } from './cross-validated.ts';
import { wideRows } from './wide-rows.ts';

const WIDTH = 2000;
const { declaration, table } = wideRows(150, WIDTH);
const [train, rows] = [sliceRows(table, 0, 100), sliceRows(table, 100, 150)];
const { model } = crossValidate({ declaration, train, estimator: 'decision_tree', params: { max_depth: 4 } });
const subject = { model, rows, declaration, task: taskOf(declaration), seed: 1 };

test('importance is measured of the columns that predictions hang on, and counts the others', async () => {
  const told: number[] = [];
  const importance = await importanceOf(subject, { onColumn: (_, total) => told.push(total) });
  const { columns, others, rows: measured, shuffles } = importance;
  expect(columns[0]?.column).toBe('a');
  expect(columns.length + (others ?? 0)).toBe(WIDTH);
  expect(columns.length * measured * shuffles * WIDTH).toBeLessThanOrEqual(1e8);
  expect(new Set(told)).toEqual(new Set([columns.length]));
  const reversed = { ...declaration, columns: declaration.columns.toReversed() };
  expect(await importanceOf({ ...subject, declaration: reversed })).toEqual(importance);
});

test('partial dependence is told of fewer columns where predictions make very many numbers', () => {
  const parts = new Array<FittedModel>(100).fill(partsOf(model)[0] as FittedModel);
  const many = { intercept: 0, members: [{ weight: 1, parts }] };
  const { columns } = dependenceOf({ ...subject, model: many }, ['a', 'b', 'n0', 'n1', 'n2'], [0]);
  expect(columns.map(({ column }) => column.name)).toEqual(['a', 'b', 'n0']);
});

test('what is learned beside a model is learned from as many columns as there is time for, the same ones each time', () => {
  const affordable = affordableFeatures(declaration, 1);
  expect(featuresOf(affordable)).toHaveLength(500);
  expect(affordable.target).toBe('y');
  expect(affordableFeatures(declaration, 1)).toEqual(affordable);
  expect(affordableFeatures(declaration, 2)).not.toEqual(affordable);
  const few = wideRows(1, 500).declaration;
  expect(affordableFeatures(few, 1)).toBe(few);
  const density = fitDensity(declaration, sliceRows(table, 0, 60), 1);
  expect(density?.model.preprocessor.columns).toHaveLength(500);
});

test('a category of very many levels takes the room of as many columns', () => {
  const levels = Array.from({ length: 200 }, (_, level) => `l${level}`);
  const names = ['a', 'b', 'c', 'd'];
  const columns = [
    ...names.map((name) => ({ name, title: name, kind: 'categorical' as const, levels })),
    { name: 'y', title: 'y', kind: 'numeric' as const },
  ];
  const of = { ...declaration, columns };
  expect(featuresOf(affordableFeatures(of, 1))).toHaveLength(2);
  const one = {
    ...of,
    columns: columns.map((column) =>
      'levels' in column
        ? {
            ...column,
            levels: [...levels, ...levels.map((level) => `${level}b`), ...levels.map((level) => `${level}c`)],
          }
        : column,
    ),
  };
  expect(featuresOf(affordableFeatures(one, 1))).toHaveLength(1);
});
