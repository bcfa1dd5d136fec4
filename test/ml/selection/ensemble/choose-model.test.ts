import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import type { Predictions } from '../../../../ml/core/predictions.ts';
import { sourcesOf } from '../../../../ml/data/fold-sources.ts';
import { type Fold, type FoldOptions, makeFolds } from '../../../../ml/data/folds.ts';
import { chooseModel } from '../../../../ml/selection/ensemble/choose-model.ts';
import { type CandidateEvidence, combine, type Evidence } from '../../../../ml/selection/ensemble/evidence.ts';
import { gainOf } from '../../../../ml/selection/ensemble/judge.ts';
import type { Metric } from '../../../../ml/selection/metric.ts';
import { mae, r2 } from '../../../../ml/selection/regression-metrics.ts';
import { forbiddenRows, relatedRows } from '../../core/relations-arbitrary.ts';
import { evidenceOf, noise, noisyEvidence } from './evidence.ts';

/** None where all rows are of one group or time. */
function foldsOf(rows: number, options: FoldOptions): Fold[] {
  try {
    return makeFolds(rows, 4, 1, options);
  } catch (error) {
    if (error instanceof DataError) return [];
    throw error;
  }
}

const mean = (scores: readonly (number | undefined)[]) =>
  scores.reduce<number>((sum, score) => sum + (score as number), 0) / scores.length;

describe('chosen is', () => {
  test('the best candidate where it knows all that the others do', () => {
    const draw = noise(11);
    const truth = Array.from({ length: 300 }, () => 100 + 10 * draw());
    const best = truth.map((y) => y + draw());
    const given = evidenceOf(truth, [
      { name: 'ridge', predictions: best },
      // What it adds is noise.
      { name: 'catboost', predictions: best.map((value) => value + 3 * draw()) },
    ]);
    const choice = chooseModel(given);
    expect(choice).toMatchObject({ kind: 'single', intercept: 0, members: [{ candidate: 0, weight: 1 }] });
    expect(choice.scores).toEqual(given.candidates[0]?.scores);
    expect(choice.why).toMatch(/^ridge, the best of 2 candidates by cross-validation \(R² 0\.\d{4}\)/);
  });

  test('a blend, where candidates are off by errors of their own', () => {
    const given = noisyEvidence(400, [3, 3.2, 3.4]);
    const choice = chooseModel(given);
    expect(choice.kind).not.toBe('single');
    expect(choice.members).toHaveLength(3);
    expect(mean(choice.scores)).toBeGreaterThan(Math.max(...given.candidates.map(({ scores }) => mean(scores))));
    expect(choice.why).toMatch(
      /^a (blend|stack) of c\d, c\d and c\d leaves \d\d\.\d % less error than c0, the best of 3 candidates by cross-validation \(R² 0\.\d{4}\); in folds that had no part in finding its weights it gains 0\.0\d{3} ± 0\.\d{4}$/,
    );
  });

  test('a stack, where candidates are off by a factor that a mean cannot mend', () => {
    const draw = noise(12);
    const truth = Array.from({ length: 400 }, () => 100 + 10 * draw());
    const half = (error: number) => truth.map((y) => 100 + 0.5 * (y - 100) + error * draw());
    const choice = chooseModel(evidenceOf(truth, [{ predictions: half(1) }, { predictions: half(1) }]));
    expect(choice.kind).toBe('stack');
    expect(choice.members.reduce((sum, { weight }) => sum + weight, 0)).toBeGreaterThan(1.5);
  });

  test('the only candidate there is', () => {
    const choice = chooseModel(noisyEvidence(50, [3]));
    expect(choice).toMatchObject({ kind: 'single', members: [{ candidate: 0, weight: 1 }] });
    expect(choice.why).toMatch(/^c0, the only candidate \(R² /);
  });

  test('the best candidate, where there are too few folds to judge an ensemble by', () => {
    const choice = chooseModel(noisyEvidence(60, [3, 3], 0, { folds: 2, sources: [[], [0]] }));
    expect(choice.kind).toBe('single');
    expect(choice.why).toContain('too few folds');
  });

  test.each([r2, mae])('by the metric of the task: $name', (metric) => {
    expect(chooseModel(noisyEvidence(300, [3, 3], 0, { metric })).kind).not.toBe('single');
  });
});

test('what an ensemble scores is what its weights come to that were found without the fold', () => {
  const given = noisyEvidence(200, [3, 3.5, 4], 1);
  const choice = chooseModel(given);
  const weights = new Float64Array(3);
  for (const { candidate, weight } of choice.members) weights[candidate] = weight;
  for (const [fold, predictions] of choice.outOfFold.entries()) {
    const { truth } = given.folds[fold] as Evidence['folds'][number];
    expect(choice.scores[fold]).toBe(r2.compute(truth, predictions as NonNullable<typeof predictions>));
    // Those of all folds have seen it.
    expect(predictions).not.toEqual(combine({ intercept: choice.intercept, weights }, given, fold));
  }
});

test('predictions of several outputs are blended, by the metric itself', () => {
  const draw = noise(21);
  const truth = Array.from({ length: 300 }, (_, i) => i % 2);
  const given = evidenceOf(truth, [{ predictions: truth }, { predictions: truth }, { predictions: truth }]);
  /** The mean log likelihood of the class that is true, of two probabilities a row. */
  const likelihood: Metric = {
    ...mae,
    direction: 'higher',
    best: 0,
    compute: (classes, { values }) =>
      classes.reduce((sum, truth, i) => sum + Math.log(values[2 * i + truth] as number), 0) / classes.length,
  };
  const probabilities = (classes: Float64Array) => {
    const first = classes.map((truth) => 1 / (1 + Math.exp(3 * truth - 1.5 + 2 * draw())));
    const values = Float64Array.from({ length: 2 * first.length }, (_, at) => {
      const value = first[Math.floor(at / 2)] as number;
      return at % 2 === 0 ? value : 1 - value;
    });
    return { rows: first.length, outputs: 2, values };
  };
  const candidates = given.candidates.map((candidate) => {
    const predictions = given.folds.map((fold) => probabilities(fold.truth));
    const scores = given.folds.map((fold, i) => likelihood.compute(fold.truth, predictions[i] as Predictions));
    return { ...candidate, predictions, scores };
  });
  const choice = chooseModel({ ...given, metric: likelihood, candidates });
  expect(choice).toMatchObject({ kind: 'blend', intercept: 0 });
  expect(mean(choice.scores)).toBeGreaterThan(Math.max(...candidates.map(({ scores }) => mean(scores))));
  for (const predictions of choice.outOfFold)
    for (let i = 0; i < (predictions?.rows ?? 0); i++)
      expect((predictions?.values[2 * i] ?? 0) + (predictions?.values[2 * i + 1] ?? 0)).toBeCloseTo(1, 9);
});

test('what would mend the errors of many alike is blended with them, however many of those are better', () => {
  const given = noisyEvidence(200, [3, 3.3], 0, { folds: 4 });
  const [alike, other] = given.candidates as [CandidateEvidence, CandidateEvidence];
  const candidates = [
    ...Array.from({ length: 80 }, () => ({ ...alike, name: 'ridge' })),
    ...Array.from({ length: 3 }, () => ({ ...other, name: 'catboost' })),
  ];
  const { kind, members } = chooseModel({ ...given, candidates });
  expect(kind).toBe('blend');
  expect(new Set(members.map(({ candidate }) => candidates[candidate]?.name))).toEqual(new Set(['ridge', 'catboost']));
});

test('a candidate that is far off in one fold keeps no other from being blended', () => {
  const given = noisyEvidence(300, [3, 3, 3]);
  const [first, ...others] = given.candidates;
  const far = first?.predictions.map((each, fold) => ({
    ...each,
    values: each.values.map((y) => (fold === 2 ? 1e200 : y)),
  }));
  const choice = chooseModel({
    ...given,
    candidates: [
      { ...first, predictions: far, scores: first?.scores.map(() => -1e300) },
      ...others,
    ] as typeof given.candidates,
  });
  expect(choice.members.map(({ candidate }) => candidate).sort()).toEqual([1, 2]);
});

test('weights are judged by folds that share no row with what they were found on, and by later rows only', () => {
  const plain = makeFolds(40, 4, 1);
  expect(sourcesOf(plain)).toEqual([
    [1, 2, 3],
    [0, 2, 3],
    [0, 1, 3],
    [0, 1, 2],
  ]);
  const repeated = makeFolds(40, 4, 1, { repeats: 2 });
  for (const [fold, sources] of sourcesOf(repeated).entries()) {
    const held = new Set(repeated[fold]?.held);
    expect(sources.length).toBeGreaterThanOrEqual(3);
    for (const source of sources) expect(repeated[source]?.held.some((row) => held.has(row))).toBe(false);
  }
  const inTime = makeFolds(40, 4, 1, { times: Float64Array.from({ length: 40 }, (_, i) => i) });
  expect(sourcesOf(inTime)).toEqual([[], [0], [0, 1], [0, 1, 2]]);
});

test('whatever the groups and times, what weights are found by has nothing of what they are scored on', () => {
  fc.assert(
    fc.property(relatedRows(10), fc.integer({ min: 1, max: 3 }), ({ rows, relations }, repeats) => {
      const folds = foldsOf(rows, { ...relations, repeats });
      for (const [fold, sources] of sourcesOf(folds).entries()) {
        const forbidden = forbiddenRows(folds[fold] as Fold, rows, relations);
        for (const source of sources) expect(folds[source]?.held.some((row) => forbidden.has(row))).toBe(false);
      }
    }),
  );
});

test('a gain has the standard error of its mean over the folds, whichever way the metric goes', () => {
  expect(gainOf({ metric: r2 }, [0.5, 0.7, undefined, 0.6], [0.4, 0.5, 0.1, 0.3])).toEqual({
    mean: expect.closeTo(0.2, 12),
    error: expect.closeTo(0.1 / Math.sqrt(3), 12),
  });
  // Two repeats of two folds say as much as two folds.
  expect(gainOf({ metric: r2, repeats: 2 }, [0.1, 0.2, 0.1, 0.2], [0, 0, 0, 0])?.error).toBeCloseTo(
    Math.sqrt(0.01 / 3 / 2),
    12,
  );
  expect(gainOf({ metric: mae }, [1, 2], [2, 4])?.mean).toBeCloseTo(1.5, 12);
  expect(gainOf({ metric: r2 }, [0.5, undefined], [0.4, 0.5])).toBeUndefined();
});
