import { beforeAll, describe, expect, test } from 'vitest';
import type { Explanation } from '../../../ml/explain/explanation.ts';
import { loadPredictor, ofNumbers } from '../../../ml/pipeline/predict.ts';
import type { NumberPredictor } from '../../../ml/pipeline/predictor.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { makeFolder } from '../../temporary.ts';
import { housePredictor } from '../house-predictor.ts';
import { recorded } from '../release/migrations/recorded.ts';

const sumOf = ({ base, contributions }: Explanation) =>
  Object.values(contributions).reduce((sum, value) => sum + value, base);

const student = {
  gender: 'male',
  race_ethnicity: 'group B',
  parental_level_of_education: "bachelor's degree",
  lunch: 'standard',
  test_preparation_course: 'completed',
  reading_score: 87,
  writing_score: 86,
};
const students = [
  student,
  { ...student, gender: 'female' },
  { ...student, reading_score: null },
  { ...student, reading_score: 45, writing_score: 90 },
];

describe.each([
  ['linear', 'exact'],
  ['gradient_boosting', 'exact'],
  ['knn', 'sampled'],
] as const)('by %s', (model, method) => {
  const artifacts = makeFolder();
  let predictor: NumberPredictor;
  beforeAll(async () => {
    await train({ dataset: 'test/fixtures/students', artifacts, models: [model], threshold: 0.5 });
    predictor = ofNumbers(await loadPredictor(artifacts));
  });

  test('the base and the contributions of the columns add up to the prediction, which lies in its interval', () => {
    for (const record of students) {
      const explanation = predictor.explain(record);
      expect(explanation.prediction).toBe(predictor.predict(record));
      expect(Object.keys(explanation.contributions)).toEqual(Object.keys(student));
      expect(Math.abs(sumOf(explanation) / explanation.prediction - 1)).toBeLessThan(1e-9);
      const [low, high] = explanation.interval as [number, number];
      expect(low).toBeLessThan(explanation.prediction);
      expect(high).toBeGreaterThan(explanation.prediction);
      expect(explanation.method).toBe(method);
    }
  });

  test('what was not learned from is told', () => {
    expect(predictor.explain(student).outside).toEqual([]);
    const [, , missing, far] = predictor.explainAll(students);
    expect(missing?.outside).toMatchObject([{ column: 'reading_score', reason: 'unseen' }]);
    expect(far?.outside).toMatchObject([{ column: null, reason: 'few-neighbours' }]);
  });

  test('a record has the same explanation in whatever batch it is', () => {
    const many = Array.from({ length: 1500 }, (_, i) => ({ ...student, reading_score: i % 101 }));
    const all = predictor.explainAll(many);
    for (const i of [0, 1, 87, 1023, 1024, 1499]) expect(all[i]).toEqual(predictor.explain(many[i]));
    expect(predictor.explainAll([])).toEqual([]);
  });
});

describe('of houses', () => {
  const predictor = housePredictor();

  test('what does not fit is refused by record and field, as where it is predicted', () => {
    const issuesOf = (call: () => unknown) => {
      try {
        return call();
      } catch (error) {
        return (error as { issues: unknown }).issues;
      }
    };
    const good = { area: 100, rooms: 3, heating: 'gas' };
    for (const records of [[good, { ...good, heating: 'oil' }, 7], [{}]])
      expect(issuesOf(() => predictor().explainAll(records))).toEqual(issuesOf(() => predictor().predictAll(records)));
    expect(issuesOf(() => predictor().explain({ ...good, area: 9 }))).toMatchObject([{ path: 'area' }]);
  });

  test('a table is explained row by row', () => {
    const table = {
      rows: 2,
      columns: new Map([
        ['area', Float64Array.of(100, 480)],
        ['rooms', Float64Array.of(3, 3)],
        ['heating', Float64Array.of(0, 1)],
      ]),
    };
    expect(predictor().explainTable(table)).toEqual(
      predictor().explainAll([
        { area: 100, rooms: 3, heating: 'gas' },
        { area: 480, rooms: 3, heating: 'heat pump' },
      ]),
    );
    expect(predictor().explainTable(table)[1]?.outside).toMatchObject([
      { column: 'area', reason: 'above', message: expect.stringContaining('Floor area 480 m² is above all') },
    ]);
  });
});

test('a release of an older format says what its columns contribute, and that it has no interval', async () => {
  const { artifacts, answers } = recorded('format-5/bagged');
  const predictor = ofNumbers(await loadPredictor(artifacts));
  for (const { record, prediction } of answers) {
    const explanation = predictor.explain(record);
    expect(explanation).toMatchObject({ prediction, interval: null, outside: [] });
    expect(sumOf(explanation)).toBeCloseTo(prediction, 9);
  }
});
